const LINE = 80;
const LEADING = 16;

const escaped = (line: string): string => line.replace(/[^ -~]/gu, '?').replace(/[\\()]/g, '\\$&');

const wrapped = (text: string): readonly string[] =>
  text.match(new RegExp(`.{1,${LINE}}(?:\\s|$)|\\S{${LINE}}`, 'g')) ?? [];

/** A text as a PDF of one page. Letters beyond ASCII become question marks: the fonts every reader has know no others. */
export const pdfOf = (text: string): string => {
  const lines = wrapped(text).map((line) => `(${escaped(line.trim())}) Tj T*`);
  const page = `BT /F1 12 Tf ${LEADING} TL 72 770 Td\n${lines.join('\n')}\nET`;
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 5 0 R /Resources << /Font << /F1 4 0 R >> >> >>',
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
    `<< /Length ${page.length} >>\nstream\n${page}\nendstream`,
  ];
  let file = '%PDF-1.4\n';
  const offsets = objects.map((object, at) => {
    const offset = file.length;
    file += `${at + 1} 0 obj\n${object}\nendobj\n`;
    return offset;
  });
  const table = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  const size = objects.length + 1;
  return (
    `${file}xref\n0 ${size}\n0000000000 65535 f \n${table}` +
    `trailer\n<< /Size ${size} /Root 1 0 R >>\nstartxref\n${file.length}\n%%EOF\n`
  );
};
