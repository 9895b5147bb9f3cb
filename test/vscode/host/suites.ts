import './typing.suite.ts';
