// Tables whose columns sort: a cell's own value where it has one, else its text; what is not known comes last.

function valueOf(cell) {
  const shown = cell.dataset.v ?? cell.textContent;
  if (shown === '') return null;
  const number = Number(shown.replaceAll(',', ''));
  return Number.isNaN(number) ? shown : number;
}

function orderOf(a, b) {
  if (a === null || b === null) return (a === null) - (b === null);
  return typeof a === 'number' && typeof b === 'number' ? b - a : String(a).localeCompare(String(b));
}

function sortTable(table, heading) {
  const column = [...heading.parentElement.children].indexOf(heading);
  const turned = heading.dataset.turned === 'no';
  const rows = $$('tbody tr', table).map((row) => ({ row, value: valueOf(row.children[column]) }));
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

