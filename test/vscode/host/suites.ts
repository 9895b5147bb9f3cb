import './typing.suite.ts';
import './races.suite.ts';
import './places.suite.ts';
import './dictation.suite.ts';
