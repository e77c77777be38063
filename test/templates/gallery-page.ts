/** A page with realistic values; used by the tests, axe and the screenshots. */
export interface GalleryPage {
  /** File name of its screenshot. */
  name: string;
  html: () => string;
}
