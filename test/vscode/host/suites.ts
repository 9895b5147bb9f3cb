// The order counts: the first looks at an extension that has not been active yet.
import './activation.suite.ts';
import './typing.suite.ts';
import './races.suite.ts';
import './places.suite.ts';
import './dictation.suite.ts';
import './words.suite.ts';
import './names.suite.ts';
import './limits.suite.ts';
import './telling.suite.ts';
