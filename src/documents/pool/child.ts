import { loadUsualParsers, readHere } from '../read-here.ts';
import { serve } from './serve.ts';

/** The process that opens strangers' files. Each parser is loaded by the first file that needs it, or by `warm`. */
serve(readHere, loadUsualParsers);
