/** As many rows as a page has, each as high as a row, so that nothing moves when the tickets come. */
export function ListSkeleton() {
  return (
    <div className="rows" aria-hidden="true">
      {Array.from({ length: 20 }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: placeholders have nothing else
        <div className="row" key={row}>
          <span className="bone bone-line" style={{ '--width': `${34 + ((row * 17) % 22)}%` }} />
          <span className="bone bone-line bone-tall" style={{ '--width': `${58 + ((row * 29) % 34)}%` }} />
          <span className="bone bone-line" style={{ '--width': `${78 + ((row * 13) % 18)}%` }} />
        </div>
      ))}
    </div>
  );
}
