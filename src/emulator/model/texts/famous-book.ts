/** A famous book of science fiction, by the names that its members usually go by. */
export const FAMOUS_BOOK: Readonly<Record<string, unknown>> = {
  title: 'Dune',
  author: 'Frank Herbert',
  year_published: 1965,
  yearPublished: 1965,
  publication_year: 1965,
  year: 1965,
  genre: 'science fiction',
};
