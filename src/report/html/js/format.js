// Figures and times as people read them. The words are those of the text report.

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const two = (n) => String(n).padStart(2, '0');
const counted = (n, one, many) => `${n.toLocaleString('en')} ${n === 1 ? one : many}`;

// Only the whole is 100%, only nothing is 0%.
function percent(share) {
  const rounded = Math.round(share * 100);
  if (rounded === 100 && share < 1) return '99%';
  if (rounded === 0 && share > 0) return '<1%';
  return `${rounded}%`;
}

function date(seconds) {
  if (seconds === null) return 'undated';
  const at = new Date(seconds * 1000);
  return `${at.getUTCDate()} ${MONTHS[at.getUTCMonth()]} ${at.getUTCFullYear()} ${two(at.getUTCHours())}:${two(at.getUTCMinutes())}`;
}

function lag(seconds) {
  if (seconds === null) return '';
  if (seconds === 0) return 'first';
  if (seconds < 60) return `+${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  const [days, hours] = [Math.floor(minutes / 1440), Math.floor(minutes / 60) % 24];
  if (days > 0) return `+${days} d ${two(hours)} h`;
  return hours > 0 ? `+${hours} h ${two(minutes % 60)} min` : `+${minutes} min`;
}

