/** Icons of this page. They repeat the text next to them. */
function icon(path: string): () => JSX.Element {
  return function Icon() {
    return (
      <svg className="ak-icon" viewBox="0 0 16 16" width="1em" height="1em" fill="currentColor" aria-hidden="true">
        <path d={path} />
      </svg>
    );
  };
}

export const Kebab = icon("M8 1.5a1.5 1.5 0 110 3 1.5 1.5 0 010-3zm0 5a1.5 1.5 0 110 3 1.5 1.5 0 010-3zm0 5a1.5 1.5 0 110 3 1.5 1.5 0 010-3z");
export const Check = icon("M6.2 12.6L1.8 8.2l1.4-1.4 3 3 6.6-6.6 1.4 1.4z");
export const Caret = icon("M2.5 5.5h11L8 11.5z");
export const Clock = icon("M8 1a7 7 0 110 14A7 7 0 018 1zm0 2a5 5 0 100 10A5 5 0 008 3zm-.8 1.6h1.6v3l2.2 1.7-1 1.3-2.8-2.2z");
export const Pause = icon("M3.5 2h3v12h-3zm6 0h3v12h-3z");
export const Cross = icon("M3.4 2L8 6.6 12.6 2 14 3.4 9.4 8l4.6 4.6-1.4 1.4L8 9.4 3.4 14 2 12.6 6.6 8 2 3.4z");
export const Turn = icon("M8 2a6 6 0 015.3 3.2L15 3.5V9H9.5l2.3-2.3A4 4 0 104.1 9.3l-1.9.6A6 6 0 018 2z");
export const Warning = icon("M8 1l7.5 13.5H.5zm-.9 4.6l.2 4.6h1.4l.2-4.6zM8 11.4a.9.9 0 100 1.8.9.9 0 000-1.8z");
export const Info = icon("M8 1a7 7 0 110 14A7 7 0 018 1zm-1 6v5h2V7zm1-3.2a1.1 1.1 0 100 2.2 1.1 1.1 0 000-2.2z");
export const KeyShape = icon("M10.5 1a4.5 4.5 0 00-4.3 5.8L1 12v3h3.5v-2h2v-2h1.7l1-1.2A4.5 4.5 0 1010.5 1zm1 2.2a1.3 1.3 0 110 2.6 1.3 1.3 0 010-2.6z");
