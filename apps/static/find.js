// Which places a few letters mean: parts of names in Korean or English, initial consonants alone
// (ㅎㄷ is 홍대), without spaces and without the word for station, dong or district at the end.

const FIRST = 0xac00, LAST = 0xd7a3, EACH = 588; // syllables, and how many begin with one consonant
const LEADS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ", LETTERS = /^[ㄱ-ㅎ]+$/;

export const plain = text => text.normalize("NFC").toLowerCase().replace(/[\s·.,()-]/g, "");

const leads = text => [...text].map(one => {
  const code = one.charCodeAt(0);
  return code < FIRST || code > LAST ? one : LEADS[Math.floor((code - FIRST) / EACH)];
}).join("");

// A place as it came, with its kind, its district and what it is compared by.
export function ready([ko, en, kind, lon, lat, district], kinds, districts) {
  const name = plain(ko);
  return { ko, en, kind: kinds[kind], order: kind, lon, lat, district: districts[district], name, english: plain(en), letters: leads(name) };
}

// 0 the very name, 1 how a name begins, 2 a part of it; 3 none.
function near(place, wanted, letters) {
  const names = letters ? [place.letters] : [place.name, place.english];
  const rank = name => name === wanted ? 0 : name.startsWith(wanted) ? 1 : name.includes(wanted) ? 2 : 3;
  return Math.min(...names.filter(Boolean).map(rank));
}

// At most so many of the places: the very name, then beginnings, then parts; each by kind.
export function find(places, said, most, endings) {
  const whole = plain(said), bare = whole.replace(endings, "") || whole;
  if (!whole) return [];
  const letters = LETTERS.test(whole);
  const found = [];
  for (const place of places) {
    const rank = Math.min(near(place, whole, letters), near(place, bare, letters));
    if (rank < 3) found.push({ place, rank });
  }
  found.sort((a, b) => a.rank - b.rank || a.place.order - b.place.order || a.place.ko.length - b.place.ko.length);
  return found.slice(0, most).map(({ place }) => place);
}
