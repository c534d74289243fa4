import type { PDFiumLibrary } from '@hyzyla/pdfium';

/** A PDF as the library holds it; its pages are opened one by one. */
export type Pdf = Awaited<ReturnType<PDFiumLibrary['loadDocument']>>;
