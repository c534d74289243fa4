import { setFlagsFromString } from 'node:v8';
import { loadUsualParsers, readHere } from '../read-here.ts';
import { serve } from './serve.ts';

// As in bin/shouli.mjs: what compiles functions for good took three tenths of a child's processor time.
setFlagsFromString('--interrupt-budget=1000000');

/** The process that opens strangers' files. Each parser is loaded by the first file that needs it, or by `warm`. */
serve(readHere, loadUsualParsers);
