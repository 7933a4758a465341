"""The words of an award's page in the first six languages; other languages get the English ones, and their own texts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

_EN_MONTHS: Final = "January February March April May June July August September October November December"
_DE_MONTHS: Final = "Januar Februar März April Mai Juni Juli August September Oktober November Dezember"
_FR_MONTHS: Final = "janvier février mars avril mai juin juillet août septembre octobre novembre décembre"
_ES_MONTHS: Final = "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre"
_EL_MONTHS: Final = "Ιανουαρίου Φεβρουαρίου Μαρτίου Απριλίου Μαΐου Ιουνίου Ιουλίου Αυγούστου Σεπτεμβρίου Οκτωβρίου Νοεμβρίου Δεκεμβρίου"
_BG_MONTHS: Final = "януари февруари март април май юни юли август септември октомври ноември декември"


@dataclass(frozen=True, slots=True)
class PageWords:
    """One language's words. `date_form` takes `{day}`, `{month}` (its name), `{year}`."""

    kind: str
    supplement: str
    certifies: str
    awarded: str
    awarded_degree: str
    outcomes: str
    more_outcomes: str
    awarded_on: str
    valid_until: str
    workload: str
    hours: str
    level: str
    eqf: str
    grade: str
    assessment: str
    participation: str
    quality: str
    on_behalf: str
    proof: str
    months: str
    date_form: str
    decimal: str
    terms: Mapping[str, str]

    def written(self, day: date) -> str:
        """The date as people write it."""
        return self.date_form.format(day=day.day, month=self.months.split()[day.month - 1], year=day.year)

    def number(self, value: float) -> str:
        """A number without needless digits."""
        return f"{value:g}".replace(".", self.decimal)

    def term(self, label: str) -> str:
        """A controlled list's English label, in this language."""
        found = self.terms.get(label, label)
        return found[:1].upper() + found[1:]


_LABELS: Final = (
    "peer assessment|marked assignment|continuous evaluation|portfolio|group performance|practical assessment|written examination|"
    "level of attendance|project work|peer review|quiz|problem based learning|oral examination|artefact assessment|"
    "Workbased|Project based|Presential|Online|Blended|Research-Lab based|"
    "Institutional License|Program Quality Assurance|Institutional Quality Assurance|Program License"
)


def _terms(words: str) -> dict[str, str]:
    return dict(zip(_LABELS.split("|"), words.split("|"), strict=True))


WORDS: Final[dict[str, PageWords]] = {
    "en": PageWords(
        kind="Micro-credential",
        supplement="Diploma Supplement",
        certifies="This is to certify that",
        awarded="has been awarded the micro-credential",
        awarded_degree="has been awarded the qualification",
        outcomes="Learning outcomes",
        more_outcomes="and {count} more in the digital credential",
        awarded_on="Awarded on",
        valid_until="Valid until",
        workload="Workload",
        hours="{hours} hours",
        level="Level",
        eqf="EQF level {level}",
        grade="Grade",
        assessment="Assessment",
        participation="Participation",
        quality="Quality assurance",
        on_behalf="Issued on its behalf by",
        proof="This page is a picture. The signed digital credential around it is the record: verify that before you rely on it.",
        months=_EN_MONTHS,
        date_form="{day} {month} {year}",
        decimal=".",
        terms=_terms(
            "peer assessment|marked assignment|continuous evaluation|portfolio|group performance|practical assessment|written examination|"
            "level of attendance|project work|peer review|quiz|problem-based learning|oral examination|artefact assessment|"
            "work-based|project-based|on site|online|blended|laboratory research|"
            "institutional licence|programme quality assurance|institutional quality assurance|programme licence"
        ),
    ),
    "de": PageWords(
        kind="Micro-Credential",
        supplement="Diplomzusatz (Diploma Supplement)",
        certifies="Hiermit wird bescheinigt:",
        awarded="hat die folgende Micro-Credential erworben",
        awarded_degree="hat die folgende Qualifikation erworben",
        outcomes="Lernergebnisse",
        more_outcomes="und {count} weitere im digitalen Nachweis",
        awarded_on="Verliehen am",
        valid_until="Gültig bis",
        workload="Arbeitsaufwand",
        hours="{hours} Stunden",
        level="Niveau",
        eqf="EQR-Niveau {level}",
        grade="Note",
        assessment="Prüfungsform",
        participation="Teilnahmeform",
        quality="Qualitätssicherung",
        on_behalf="Ausgestellt in ihrem Auftrag von",
        proof="Diese Seite ist ein Bild. Maßgeblich ist der signierte digitale Nachweis, der sie enthält: Prüfen Sie ihn, bevor Sie sich darauf stützen.",
        months=_DE_MONTHS,
        date_form="{day}. {month} {year}",
        decimal=",",
        terms=_terms(
            "Bewertung durch Mitlernende|benotete Aufgabe|fortlaufende Bewertung|Portfolio|Gruppenleistung|praktische Prüfung|schriftliche Prüfung|"
            "Anwesenheit|Projektarbeit|Begutachtung durch Mitlernende|Quiz|problembasiertes Lernen|mündliche Prüfung|Werkstückprüfung|"
            "arbeitsbasiert|projektbasiert|in Präsenz|online|Präsenz und online|Forschungslabor|"
            "institutionelle Zulassung|Qualitätssicherung des Programms|institutionelle Qualitätssicherung|Zulassung des Programms"
        ),
    ),
    "fr": PageWords(
        kind="Microcertification",
        supplement="Supplément au diplôme",
        certifies="Il est certifié que",
        awarded="a obtenu la microcertification",
        awarded_degree="a obtenu la qualification",
        outcomes="Acquis d’apprentissage",
        more_outcomes="et {count} autres dans le titre numérique",
        awarded_on="Délivrée le",
        valid_until="Valable jusqu’au",
        workload="Charge de travail",
        hours="{hours} heures",
        level="Niveau",
        eqf="Niveau CEC {level}",
        grade="Note",
        assessment="Évaluation",
        participation="Participation",
        quality="Assurance qualité",
        on_behalf="Délivrée en son nom par",
        proof="Cette page est une image. C’est le titre numérique signé qui la contient qui fait foi : vérifiez-le avant de vous y fier.",
        months=_FR_MONTHS,
        date_form="{day} {month} {year}",
        decimal=",",
        terms=_terms(
            "évaluation par les pairs|devoir noté|évaluation continue|portfolio|prestation de groupe|évaluation pratique|examen écrit|"
            "assiduité|travail de projet|relecture par les pairs|quiz|apprentissage par problèmes|examen oral|évaluation d’une réalisation|"
            "en milieu professionnel|par projet|en présence|en ligne|hybride|en laboratoire de recherche|"
            "agrément institutionnel|assurance qualité du programme|assurance qualité institutionnelle|agrément du programme"
        ),
    ),
    "es": PageWords(
        kind="Microcredencial",
        supplement="Suplemento Europeo al Título",
        certifies="Se certifica que",
        awarded="ha obtenido la microcredencial",
        awarded_degree="ha obtenido la titulación",
        outcomes="Resultados de aprendizaje",
        more_outcomes="y {count} más en la credencial digital",
        awarded_on="Otorgada el",
        valid_until="Válida hasta el",
        workload="Carga de trabajo",
        hours="{hours} horas",
        level="Nivel",
        eqf="Nivel MEC {level}",
        grade="Calificación",
        assessment="Evaluación",
        participation="Participación",
        quality="Garantía de calidad",
        on_behalf="Expedida en su nombre por",
        proof="Esta página es una imagen. Lo que vale es la credencial digital firmada que la contiene: verifíquela antes de confiar en ella.",
        months=_ES_MONTHS,
        date_form="{day} de {month} de {year}",
        decimal=",",
        terms=_terms(
            "evaluación entre pares|trabajo calificado|evaluación continua|portafolio|trabajo en grupo|evaluación práctica|examen escrito|"
            "asistencia|trabajo de proyecto|revisión por pares|cuestionario|aprendizaje basado en problemas|examen oral|evaluación de un producto|"
            "en el trabajo|por proyectos|presencial|en línea|semipresencial|en laboratorio de investigación|"
            "licencia institucional|garantía de calidad del programa|garantía de calidad institucional|licencia del programa"
        ),
    ),
    "el": PageWords(
        kind="Μικροδιαπιστευτήριο",
        supplement="Παράρτημα Διπλώματος",
        certifies="Πιστοποιείται ότι στο πρόσωπο",
        awarded="απονεμήθηκε το μικροδιαπιστευτήριο",
        awarded_degree="απονεμήθηκε ο τίτλος",
        outcomes="Μαθησιακά αποτελέσματα",
        more_outcomes="και {count} ακόμη στο ψηφιακό διαπιστευτήριο",
        awarded_on="Ημερομηνία απονομής",
        valid_until="Ισχύει έως",
        workload="Φόρτος εργασίας",
        hours="{hours} ώρες",
        level="Επίπεδο",
        eqf="Επίπεδο ΕΠΕΠ {level}",
        grade="Βαθμός",
        assessment="Αξιολόγηση",
        participation="Συμμετοχή",
        quality="Διασφάλιση ποιότητας",
        on_behalf="Εκδίδεται για λογαριασμό του από",
        proof="Η σελίδα αυτή είναι εικόνα. Ισχύει το υπογεγραμμένο ψηφιακό διαπιστευτήριο που την περιέχει: επαληθεύστε το πριν βασιστείτε σε αυτό.",
        months=_EL_MONTHS,
        date_form="{day} {month} {year}",
        decimal=",",
        terms=_terms(
            "αξιολόγηση από ομοτίμους|βαθμολογούμενη εργασία|συνεχής αξιολόγηση|χαρτοφυλάκιο|ομαδική επίδοση|πρακτική αξιολόγηση|γραπτή εξέταση|"
            "παρακολούθηση|εργασία έργου|κρίση από ομοτίμους|κουίζ|μάθηση βάσει προβλήματος|προφορική εξέταση|αξιολόγηση έργου|"
            "στον χώρο εργασίας|μέσω έργου|διά ζώσης|διαδικτυακή|μεικτή|σε ερευνητικό εργαστήριο|"
            "ιδρυματική άδεια|διασφάλιση ποιότητας προγράμματος|ιδρυματική διασφάλιση ποιότητας|άδεια προγράμματος"
        ),
    ),
    "bg": PageWords(
        kind="Микроквалификация",
        supplement="Европейско дипломно приложение",
        certifies="Удостоверява се, че",
        awarded="придоби микроквалификацията",
        awarded_degree="придоби квалификацията",
        outcomes="Резултати от ученето",
        more_outcomes="и още {count} в цифровото удостоверение",
        awarded_on="Дата на издаване",
        valid_until="Валидно до",
        workload="Натоварване",
        hours="{hours} часа",
        level="Ниво",
        eqf="Ниво {level} по ЕКР",
        grade="Оценка",
        assessment="Оценяване",
        participation="Форма на участие",
        quality="Осигуряване на качеството",
        on_behalf="Издадено от нейно име от",
        proof="Тази страница е изображение. Меродавно е подписаното цифрово удостоверение, което я съдържа: проверете го, преди да разчитате на него.",
        months=_BG_MONTHS,
        date_form="{day} {month} {year} г.",
        decimal=",",
        terms=_terms(
            "взаимно оценяване|оценена задача|текущо оценяване|портфолио|групова работа|практически изпит|писмен изпит|"
            "присъствие|проектна работа|партньорска проверка|тест|проблемно базирано учене|устен изпит|оценяване на изделие|"
            "на работното място|по проект|присъствено|онлайн|смесено|в изследователска лаборатория|"
            "институционален лиценз|осигуряване на качеството на програмата|институционално осигуряване на качеството|лиценз на програмата"
        ),
    ),
}


def page_words(language: str) -> PageWords:
    """The words for a language tag; English where there are none."""
    return WORDS.get(language.split("-", 1)[0], WORDS["en"])
