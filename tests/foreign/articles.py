"""Invented articles, no two of which have words in a row in common, and what a reader should find of them."""

import hashlib
import random
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone

WORDS = {
    "en": "harbor council ferry bridge teacher winter market signal island copper garden letter engine window orchard "
    "station pilot museum river ticket lantern factory village minister budget storm cellar violin quarry railway "
    "printer baker opened closed promised repaired counted followed crossed delayed measured painted carried ordered "
    "watched answered the a near under after before without between slowly early late seven thirty northern old narrow",
    "de": "Hafen Brücke Fähre Gemeinde Lehrerin Winter Straße Müller Garten Behörde Fenster Bäckerei Schlüssel Glocke "
    "Mühle Käufer Händler Pegel öffnete schloss versprach zählte kürzte über unter während möglichst früh spät grün "
    "südlich nördlich und oder nicht mehr sieben dreißig alte schmale ruhige Größe Höhe Länge Tür Weg Fluss Bahnhof",
    "fr": "marché école château forêt rivière élève pêcheur mairie théâtre fenêtre près après déjà très où côté hâtif "
    "fermé ouvert annoncé réparé compté traversé suivi le la des une leur sept trente ancien étroit nord sud été "
    "hiver phare bateau pont ville gare jardin lettre moteur musée billet usine village budget orage cave violon",
    "ru": "гавань совет паром мост учитель зима рынок сигнал остров медь сад письмо двигатель окно станция музей река "
    "билет фонарь завод деревня бюджет буря подвал скрипка железная дорога пекарь открыл закрыл обещал починил "
    "сосчитал перешёл измерил покрасил около под после перед без между медленно рано поздно семь тридцать старый",
}

ENDS = {"en": "officials said", "de": "teilte das Amt mit", "fr": "selon la mairie", "ru": "сообщили в совете"}


@dataclass(frozen=True)
class Article:
    id: str
    lang: str
    outlet: str
    title: str
    authors: list
    published: datetime
    paragraphs: list

    @property
    def url(self):
        return f"https://{self.outlet}/news/{self.id}.html"

    @property
    def text(self):
        return "\n".join(self.paragraphs)

    def expected(self, **but):
        """What `inspect` is to say of it."""
        found = {
            "id": self.id,
            "outlet": self.outlet,
            "published": self.published.astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ"),
            "text": self.text,
        }
        return found | but


def article(n, lang="en"):
    """The same one for the same number on every machine."""
    seed = hashlib.sha256(f"{lang} {n}".encode()).digest()
    chance = random.Random(int.from_bytes(seed[:8], "big"))
    words = WORDS[lang].split()

    def sentence():
        said = " ".join(chance.choice(words) for _ in range(14))
        return said[0].upper() + said[1:] + ", " + ENDS[lang] + "."

    published = datetime(2026, 3, 1, 8, 30, tzinfo=timezone.utc) + timedelta(days=n, minutes=7 * n)
    return Article(
        id=f"{lang}-{n}",
        lang=lang,
        outlet=["varnpost.example", "mereth-kurier.example", "olmvoice.example"][n % 3],
        title=" ".join(chance.choice(words) for _ in range(6)).capitalize(),
        authors=["Ida Marrow", "Orrin Teague"][: 1 + n % 2],
        published=published,
        paragraphs=[" ".join([sentence(), sentence()]) for _ in range(4)],
    )


def articles(n, lang="en"):
    return [article(at, lang) for at in range(n)]


def page(article, charset=None, meta=True):
    """A page of HTML with the article amid a menu and a footer; `charset` is named in it where there is one."""
    named = f'<meta charset="{charset}">' if charset else ""
    dated = f'<meta property="article:published_time" content="{article.published.isoformat()}">' if meta else ""
    body = "\n".join(f"<p>{paragraph}</p>" for paragraph in article.paragraphs)
    return (
        f'<!DOCTYPE html>\n<html lang="{article.lang}"><head>{named}<title>{article.title}</title>\n'
        f'<meta name="author" content="{article.authors[0]}">{dated}</head>\n'
        '<body><nav><ul><li><a href="/">Home</a></li><li><a href="/sport">Sport</a></li></ul></nav>\n'
        f"<main><article><h1>{article.title}</h1>\n{body}\n</article></main>\n"
        '<footer><a href="/imprint">Imprint</a></footer></body></html>\n'
    )
