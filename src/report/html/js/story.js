// One story: what is known of it, its timeline, its copies, and one of them beside its origin.

const KINDS = {
  author: 'author field', byline: 'byline', dateline: 'dateline', 'own-site': 'own site', tail: 'credit line',
  contribution: 'contribution', copyright: 'copyright notice', relay: 'as who passed it on',
};

const fact = (label, ...children) => [el('dt', {}, label), el('dd', {}, ...children)];

function evidenceItem(one) {
  const where = one.place === null ? '' : one.place.line === undefined ? `, field ${one.place.field} of ${one.id}` : `, line ${one.place.line} of ${one.id}`;
  return el('li', {}, `${KINDS[one.kind] ?? one.kind} in ${counted(one.copies, 'copy', 'copies')} at ${counted(one.outlets, 'outlet', 'outlets')}: `,
    el('q', { dir: 'auto' }, one.words), el('span', { class: 'quiet' }, where));
}

function agencyFacts(agency) {
  if (!agency) return fact('Agency', 'unknown: no copy says enough');
  const others = agency.others.map((other) => el('li', {}, `${other.code}, probability ${percent(other.probability)}`, el('ul', {}, other.evidence.map(evidenceItem))));
  return fact('Agency', el('b', {}, agency.code), agency.name === agency.code ? '' : ` (${agency.name})`, `, probability ${percent(agency.confidence)}`,
    el('ul', {}, agency.evidence.map(evidenceItem)),
    others.length === 0 ? null : el('details', {}, el('summary', {}, `${counted(others.length, 'other agency is', 'other agencies are')} named`), el('ul', {}, others)));
}

function facts(story) {
  const moments = story.copies.map((copy) => copy.published).filter((at) => at !== null);
  const all = story.copies.length + story.more_copies;
  const spread = `${counted(all, 'copy', 'copies')} at ${counted(story.outlets, 'outlet', 'outlets')}`;
  const time = moments.length === 0 ? ', undated' : `, ${date(Math.min(...moments))} to ${date(Math.max(...moments))}`;
  const silent = silentCopies(story);
  const link = story.weakest_link;
  return el('dl', { class: 'facts' },
    agencyFacts(story.agency),
    story.dateline ? fact('Dateline', el('span', { dir: 'auto' }, story.dateline)) : null,
    fact('Spread', spread + time),
    story.agency ? fact('Uncredited', silent === 0 ? 'none' : counted(silent, 'copy names no agency', 'copies name no agency')) : null,
    link ? fact('Weakest link', `${link.articles.join(' and ')} share ${percent(link.containment)} of the smaller text, ${link.longest_run} words in a row`) : null,
    story.carried_by.length === 0 ? null : fact('Carried by', `${counted(story.carried_by.length, 'page', 'pages')} among other stories: `,
      story.carried_by.slice(0, 20).map((page, at) => [at > 0 ? ', ' : '', el('bdi', {}, page.outlet || page.id)])));
}

// The story in a sentence, for whoever reads nothing else.
function summary(story) {
  const all = story.copies.length + story.more_copies;
  const lags = story.copies.map((copy) => copy.lag_seconds).filter((seconds) => seconds !== null);
  const within = lags.length > 1 && Math.max(...lags) > 0 ? ` within ${lag(Math.max(...lags)).slice(1)}` : '';
  const silent = silentCopies(story);
  const source = !story.agency ? ' No copy says whose text it is.'
    : ` The text is by ${story.agency.code}${silent > 0 ? `; ${counted(silent, 'copy does', 'copies do')} not say so` : ', and all copies say so'}.`;
  return el('p', { class: 'summary' }, `${counted(story.outlets, 'outlet', 'outlets')} ran it${within}, in ${counted(all, 'copy', 'copies')} and ${counted(story.versions.length, 'version', 'versions')}.${source}`);
}

const silentCopies = (story) => story.copies.filter((copy) => layerOf(story, copy) === 'layer1').length;

function creditCell(story, copy) {
  if (copy.own_site) return `${story.agency.code}, own site`;
  if (copy.uncredited) return el('span', { class: 'tag silent' }, 'uncredited');
  return copy.credit ?? el('span', { class: 'quiet' }, '–');
}

function headlineCell(copy) {
  if (copy.headline === null) return el('span', { class: 'quiet' }, 'none');
  const same = copy.headline_changed === false;
  return same ? el('span', { class: 'quiet' }, 'same') : el('span', { dir: 'auto' }, copy.headline_changed ? 'changed: ' : '', el('q', {}, copy.headline));
}

function keptCell(copy) {
  const bar = copy.beside ? strip(copy) : svg('svg', { class: 'share', viewBox: '0 0 100 10', preserveAspectRatio: 'none', 'aria-hidden': 'true' },
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
    story.copies.length > 1 ? [el('h2', {}, 'Timeline'), drawing, timelineNote(story)] : null,
    el('h2', {}, 'Copies'), copiesTable(story, open),
    el('p', { class: 'quiet' }, 'Kept shows which parts of the dispatch the copy has, from its beginning on the left to its end. Times are UTC.'),
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

