// Tables whose columns sort: a cell's own value where it has one, else its text; what is not known comes last.

const shownIn = (cell) => (cell.dataset.v ?? cell.textContent).trim();

// The values of a column: numbers where all that are known are numbers.
function valuesOf(cells) {
  const shown = cells.map(shownIn);
  const numbers = shown.map((text) => Number(text.replaceAll(',', '')));
  const isNumeric = shown.every((text, at) => text === '' || !Number.isNaN(numbers[at]));
  return shown.map((text, at) => (text === '' ? null : isNumeric ? numbers[at] : text));
}

function orderOf(a, b) {
  if (a === null || b === null) return (a === null) - (b === null);
  return typeof a === 'number' ? b - a : a.localeCompare(b);
}

function sortTable(table, heading) {
  const column = [...heading.parentElement.children].indexOf(heading);
  const turned = heading.dataset.turned === 'no';
  const lines = $$('tbody tr', table);
  const values = valuesOf(lines.map((row) => row.children[column]));
  const rows = lines.map((row, at) => ({ row, value: values[at] }));
  rows.sort((a, b) => (turned && a.value !== null && b.value !== null ? orderOf(b.value, a.value) : orderOf(a.value, b.value)));
  for (const other of $$('thead th', table)) {
    other.removeAttribute('aria-sort');
    delete other.dataset.turned;
  }
  heading.dataset.turned = turned ? 'yes' : 'no';
  const numbers = typeof rows[0]?.value === 'number';
  heading.setAttribute('aria-sort', numbers === turned ? 'ascending' : 'descending');
  $('tbody', table).append(...rows.map(({ row }) => row));
}

function wireTables() {
  for (const table of $$('table.sortable')) {
    for (const heading of $$('thead th', table)) {
      const label = heading.textContent;
      heading.replaceChildren(el('button', { type: 'button', on: { click: () => sortTable(table, heading) } }, label));
    }
  }
}

