import { serve } from '../../documents/pool/serve.ts';
import { loadUsualParsers } from '../../documents/read-here.ts';
import { answerOf } from './answer.ts';

/** The process that makes previews: here, and nowhere else, a stranger's file is opened to be shown. */
serve(answerOf, loadUsualParsers);
