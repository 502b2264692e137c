// One story: what is known of it, its timeline, its copies, and one of them beside its origin.

const KINDS = {
  author: 'author field', byline: 'byline', dateline: 'dateline', 'own-site': 'own site', tail: 'credit line',
  contribution: 'contribution', copyright: 'copyright notice', relay: 'as who passed it on',
};

const fact = (label, ...children) => [el('dt', {}, label), el('dd', {}, ...children)];

function evidenceItem(one) {
  const where = one.place === null ? '' : one.place.line === undefined ? `, field ${one.place.field} of ${one.id}` : `, line ${one.place.line} of ${one.id}`;
  return el('li', {}, `${KINDS[one.kind] ?? one.kind} in ${counted(one.copies, 'copy', 'copies')} at ${outletsOf(one)}: `,
    el('q', { dir: 'auto' }, one.words), el('span', { class: 'quiet' }, where));
}

function agencyFacts(agency) {
  if (!agency) return fact('Agency', 'unknown: no copy says enough');
  const others = agency.others.map((other) => el('li', {}, `${other.code}, probability ${percent(other.probability)}`, el('ul', {}, other.evidence.map(evidenceItem))));
  return fact('Agency', el('b', {}, agency.code), agency.name === agency.code ? '' : ` (${agency.name})`, `, probability ${percent(agency.confidence)}`,
    el('ul', {}, agency.evidence.map(evidenceItem)),
    others.length === 0 ? null : el('details', {}, el('summary', {}, `${counted(others.length, 'other agency is', 'other agencies are')} named`), el('ul', {}, others)));
}

const allCopies = (story) => story.copies.length + story.more_copies;

const outletsOf = (one) => (one.outlets === 0 ? 'outlets that are not known' : counted(one.outlets, 'outlet', 'outlets'));

// Who a copy should name and does not.
const silence = (story) => `neither ${story.agency.code} nor one that passed it on`;

function facts(story) {
  const [first, last] = story.published ?? [null, null];
  const time = first === null ? ', undated' : first === last ? `, ${date(first)}` : `, ${date(first)} to ${date(last)}`;
  const silent = counted(story.uncredited, 'copy names', 'copies name');
  const link = story.weakest_link;
  const carriers = story.carried_by.slice(0, 20).map((page, at) => [at > 0 ? ', ' : '', el('bdi', {}, page.outlet || page.id)]);
  return el(
    'dl',
    { class: 'facts' },
    agencyFacts(story.agency),
    story.agency ? fact('Uncredited', story.uncredited === 0 ? 'none' : `${silent} ${silence(story)}`) : null,
    story.dateline ? fact('Dateline', el('span', { dir: 'auto' }, story.dateline)) : null,
    fact('Spread', `${counted(allCopies(story), 'copy', 'copies')} at ${outletsOf(story)}${time}`),
    link
      ? fact(
          'Weakest link',
          `${link.articles.join(' and ')} share ${percent(link.containment)} of the smaller text, ${link.longest_run} words in a row`,
        )
      : null,
    carriers.length > 0
      ? fact('Carried by', `${counted(story.carried_by.length, 'page', 'pages')} among other stories: `, carriers)
      : null,
  );
}

// The story in a sentence, for whoever reads nothing else.
function summary(story) {
  const within = story.longest_lag > 0 ? ` within ${lag(story.longest_lag).slice(1)}` : '';
  const versions = counted(story.versions.length, 'version', 'versions');
  const source = () => {
    if (!story.agency) return ' No copy says that a known news agency wrote it.';
    const silent = `; ${counted(story.uncredited, 'copy does', 'copies do')} not say so`;
    return ` The text is by ${story.agency.code}${story.uncredited > 0 ? silent : ', and all copies say so'}.`;
  };
  const ran = `It ran at ${outletsOf(story)}${within}, in ${counted(allCopies(story), 'copy', 'copies')} and ${versions}.`;
  return el('p', { class: 'summary' }, ran + source());
}

function creditCell(story, copy) {
  if (copy.own_site) return `${story.agency.code}, own site`;
  if (copy.uncredited) return [el('span', { class: 'tag silent' }, 'uncredited'), copy.credit ? ` names ${copy.credit}` : ''];
  return copy.credit ?? el('span', { class: 'quiet' }, '–');
}

function headlineCell(copy) {
  if (copy.headline === null) return el('span', { class: 'quiet' }, 'none');
  const same = copy.headline_changed === false;
  return same ? el('span', { class: 'quiet' }, 'same') : el('span', { dir: 'auto' }, copy.headline_changed ? 'changed: ' : '', el('q', {}, copy.headline));
}

function keptCell(copy) {
  const bar = copy.beside ? strip(copy) : svg('svg', { class: 'share strip only-share', viewBox: '0 0 100 10', preserveAspectRatio: 'none', 'aria-hidden': 'true' },
    svg('rect', { class: 'whole', width: 100, height: 10 }), svg('rect', { class: 'kept', width: 100 * copy.kept, height: 10 }));
  return [bar, ' ', percent(copy.kept)];
}

function copyRow(story, copy, at, open) {
  return el('tr', { 'data-copy': at },
    el('th', { scope: 'row' }, el('a', { href: `#story=${story.story}&copy=${at}`, on: { click: (event) => open(event, at) } }, el('bdi', {}, copy.outlet || 'outlet not known'))),
    el('td', {}, copy.lag_seconds === null ? 'undated' : lag(copy.lag_seconds)),
    el('td', {}, creditCell(story, copy)),
    el('td', { class: 'bar-column' }, keptCell(copy)),
    el('td', { class: 'number' }, percent(copy.added)),
    el('td', {}, `v${copy.version + 1}`),
    el('td', {}, copy.relation),
    el('td', {}, date(copy.published)),
    el('td', {}, headlineCell(copy)));
}

function copiesTable(story, open) {
  const headings = ['Outlet', 'Lag', 'Credit', 'Kept', 'Added', 'Version', 'Relation', 'Published', 'Headline'];
  return el('div', { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': 'Copies' }, el('table', { class: 'copies' },
    el('thead', {}, el('tr', {}, headings.map((name) => el('th', { scope: 'col', class: name === 'Added' ? 'number' : null }, name)))),
    el('tbody', {}, story.copies.map((copy, at) => copyRow(story, copy, at, open)))));
}

function storyView(story, at) {
  const beside = el('section', { 'aria-labelledby': 'beside-title' });
  const go = (next, focus = true) => {
    beside.replaceChildren(...besideView(story, next, go).flat());
    markCurrent(view, next);
    history.replaceState(null, '', `#story=${story.story}&copy=${next}`);
    if (focus) $('#beside-title', beside).focus();
  };
  const open = (event, next) => {
    event.preventDefault();
    go(next);
    beside.scrollIntoView();
  };
  const drawing = el('div', {});
  const view = el('div', {},
    el('p', {}, el('a', { href: '#stories' }, '← All stories')),
    el('h1', { tabindex: '-1', dir: 'auto' }, story.headline ?? '(no headline)'),
    summary(story),
    facts(story),
    isDrawn(story) ? [el('h2', {}, 'Timeline'), drawing, timelineNote(story)] : null,
    el('h2', {}, 'Copies'), copiesTable(story, open),
    el('p', { class: 'quiet' }, keptNote(story)),
    story.more_copies > 0 ? el('p', { class: 'note' }, `${counted(story.more_copies, 'more copy is', 'more copies are')} not in this file.`) : null,
    beside);
  if (story.copies[at]) {
    beside.append(...besideView(story, at, go).flat());
    markCurrent(view, at);
  }
  const draw = () => {
    const width = Math.round(drawing.clientWidth);
    if (width > 0) drawing.replaceChildren(...[timeline(story, width, open)].filter(Boolean));
  };
  return { view, draw };
}

function keptNote(story) {
  const shares = story.copies.some((copy) => !copy.beside) ? ' Pale bars show only how much.' : '';
  return `Kept shows which parts of the dispatch the copy has, from its beginning on the left to its end.${shares} Times are UTC.`;
}

function markCurrent(view, at) {
  for (const row of $$('tr[data-copy]', view)) {
    if (Number(row.dataset.copy) === at) row.setAttribute('aria-current', 'true');
    else row.removeAttribute('aria-current');
  }
}

function timelineNote(story) {
  const undated = story.copies.filter((copy) => copy.lag_seconds === null).length;
  const note = 'Each line is a copy, in the lane of its version; full dots are credited, rings are not. The figure is what it kept.';
  return el('p', { class: 'quiet' }, undated > 0 ? `${note} ${counted(undated, 'copy has', 'copies have')} no date and no place here.` : note);
}

