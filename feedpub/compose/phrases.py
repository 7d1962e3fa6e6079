"""The few words that feedpub puts among an author's, in the author's language."""

from __future__ import annotations

from typing import NamedTuple


class Phrases(NamedTuple):
    """What is said in one language."""

    correction: str  # before the text of a correction; {} is the date
    later_version: str  # the words that link to the page of an entry that was issued again


_TRADITIONAL_CHINESE = Phrases("更正（{}）：", "先前報導的更新版本")

# By language tag in lower case.
_PHRASES = {
    "ar": Phrases("تصحيح، {}:", "نسخة محدّثة من خبر سابق"),
    "bg": Phrases("Поправка, {}:", "Обновен вариант на по-ранна новина"),
    "bs": Phrases("Ispravka, {}:", "Ažurirana verzija ranije vijesti"),
    "ca": Phrases("Correcció, {}:", "Versió actualitzada d’una notícia anterior"),
    "cs": Phrases("Oprava, {}:", "Aktualizovaná verze dřívější zprávy"),
    "da": Phrases("Rettelse, {}:", "Opdateret version af en tidligere artikel"),
    "de": Phrases("Berichtigung, {}:", "Neue Fassung einer früheren Meldung"),
    "el": Phrases("Διόρθωση, {}:", "Ενημερωμένη εκδοχή προηγούμενης είδησης"),
    "en": Phrases("Correction, {}:", "Updated version of an earlier story"),
    "es": Phrases("Corrección, {}:", "Versión actualizada de una noticia anterior"),
    "et": Phrases("Parandus, {}:", "Varasema loo uuendatud versioon"),
    "fa": Phrases("اصلاحیه، {}:", "نسخهٔ به‌روزشدهٔ خبر پیشین"),
    "fi": Phrases("Oikaisu, {}:", "Päivitetty versio aiemmasta jutusta"),
    "fr": Phrases("Rectificatif, {}\u00a0:", "Version mise à jour d’un article précédent"),
    "he": Phrases("תיקון, {}:", "גרסה מעודכנת של ידיעה קודמת"),
    "hi": Phrases("सुधार, {}:", "पिछली ख़बर का अद्यतन रूप"),
    "hr": Phrases("Ispravak, {}:", "Ažurirana verzija ranije vijesti"),
    "hu": Phrases("Helyesbítés, {}:", "Egy korábbi hír frissített változata"),
    "id": Phrases("Koreksi, {}:", "Versi terbaru dari berita sebelumnya"),
    "is": Phrases("Leiðrétting, {}:", "Uppfærð útgáfa af eldri frétt"),
    "it": Phrases("Correzione, {}:", "Versione aggiornata di una notizia precedente"),
    "ja": Phrases("訂正（{}）：", "以前の記事の更新版"),
    "ko": Phrases("정정({}):", "이전 기사의 수정본"),
    "lt": Phrases("Pataisymas, {}:", "Atnaujinta ankstesnio straipsnio versija"),
    "lv": Phrases("Labojums, {}:", "Agrāka raksta atjaunināta versija"),
    "mk": Phrases("Исправка, {}:", "Ажурирана верзија на претходна вест"),
    "ms": Phrases("Pembetulan, {}:", "Versi kemas kini berita terdahulu"),
    "nb": Phrases("Rettelse, {}:", "Oppdatert versjon av en tidligere sak"),
    "nl": Phrases("Rectificatie, {}:", "Bijgewerkte versie van een eerder bericht"),
    "nn": Phrases("Retting, {}:", "Oppdatert versjon av ei tidlegare sak"),
    "no": Phrases("Rettelse, {}:", "Oppdatert versjon av en tidligere sak"),
    "pl": Phrases("Sprostowanie, {}:", "Zaktualizowana wersja wcześniejszej wiadomości"),
    "pt": Phrases("Correção, {}:", "Versão atualizada de uma notícia anterior"),
    "ro": Phrases("Erată, {}:", "Versiune actualizată a unei știri anterioare"),
    "ru": Phrases("Исправление, {}:", "Обновлённая версия более ранней новости"),
    "sk": Phrases("Oprava, {}:", "Aktualizovaná verzia staršej správy"),
    "sl": Phrases("Popravek, {}:", "Posodobljena različica prejšnje novice"),
    "sq": Phrases("Korrigjim, {}:", "Version i përditësuar i një lajmi të mëparshëm"),
    "sr": Phrases("Исправка, {}:", "Ажурирана верзија раније вести"),
    "sr-latn": Phrases("Ispravka, {}:", "Ažurirana verzija ranije vesti"),
    "sv": Phrases("Rättelse, {}:", "Uppdaterad version av en tidigare artikel"),
    "th": Phrases("แก้ไข {}:", "ฉบับปรับปรุงของข่าวก่อนหน้า"),
    "tr": Phrases("Düzeltme, {}:", "Önceki bir haberin güncellenmiş hâli"),
    "uk": Phrases("Виправлення, {}:", "Оновлена версія попередньої новини"),
    "ur": Phrases("تصحیح، {}:", "پچھلی خبر کا تازہ ترین ورژن"),
    "vi": Phrases("Đính chính, {}:", "Bản cập nhật của tin trước đó"),
    "zh": Phrases("更正（{}）：", "先前报道的更新版本"),
    "zh-hant": _TRADITIONAL_CHINESE,
    "zh-hk": _TRADITIONAL_CHINESE,
    "zh-tw": _TRADITIONAL_CHINESE,
}


def phrases(language: str) -> Phrases:
    """Return the phrases of the language that fits best (RFC 4647 section 3.4), English without one."""
    subtags = language.lower().split("-")
    tags = ("-".join(subtags[:length]) for length in range(len(subtags), 0, -1))
    return next((_PHRASES[tag] for tag in tags if tag in _PHRASES), _PHRASES["en"])
