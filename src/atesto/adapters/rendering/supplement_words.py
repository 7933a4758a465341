"""The words of a Diploma Supplement's pages (European template of 2018, its eight sections) in the first six languages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

_ROWS: Final = (
    "family_name|given_name|birth|student_number|"
    "qualification|fields|institution|administered_by|languages|"
    "level|duration|access|"
    "mode|outcomes|programme|grading|classification|"
    "further_study|profession|"
    "additional|sources|"
    "date|name|capacity"
)
"""What is stated, in the order of the template; each language names them in this order."""


@dataclass(frozen=True, slots=True)
class SupplementWords:
    """One language's words. `months` takes `{count}`, `page` takes `{number}` and `{count}`."""

    sections: tuple[str, ...]
    rows: Mapping[str, str]
    module: str
    credits: str
    grade: str
    months: str
    page: str
    not_stated: str
    languages: Mapping[str, str]
    cycles: Mapping[str, str]


def _words(sections: str, rows: str, columns: str, languages: str, cycles: str) -> SupplementWords:
    module, credits_, grade, months, page, not_stated = columns.split("|")
    return SupplementWords(
        tuple(sections.split("|")),
        dict(zip(_ROWS.split("|"), rows.split("|"), strict=True)),
        module,
        credits_,
        grade,
        months,
        page,
        not_stated,
        dict(zip(("ENG", "DEU", "FRA", "SPA", "ELL", "BUL"), languages.split("|"), strict=True)),
        dict(zip(("short cycle", "first cycle", "second cycle", "third cycle"), cycles.split("|"), strict=True)),
    )


SUPPLEMENT_WORDS: Final[dict[str, SupplementWords]] = {
    "en": _words(
        "Information identifying the holder of the qualification|Information identifying the qualification|"
        "Information on the level and duration of the qualification|Information on the programme completed and the results obtained|"
        "Information on the function of the qualification|Additional information|Certification of the supplement|"
        "Information on the national higher education system",
        "Family name|Given name|Date and place of birth|Student number|"
        "Qualification and title|Fields of study|Awarding institution|Administering institution|Languages of instruction|"
        "Level|Official duration|Access requirements|"
        "Mode of study|Learning outcomes|Programme details|Grading system and distribution|Overall classification|"
        "Access to further study|Access to a regulated profession|"
        "Additional information|Further sources|"
        "Date|Name|Capacity",
        "Part of the programme|ECTS|Grade|{count} months|Page {number} of {count}|not stated",
        "English|German|French|Spanish|Greek|Bulgarian",
        "short cycle|first cycle|second cycle|third cycle",
    ),
    "de": _words(
        "Angaben zur Inhaberin oder zum Inhaber der Qualifikation|Angaben zur Qualifikation|"
        "Angaben zu Niveau und Dauer der Qualifikation|Angaben zum abgeschlossenen Studium und zu den Ergebnissen|"
        "Angaben zur Berechtigung durch die Qualifikation|Weitere Angaben|Beurkundung des Diplomzusatzes|"
        "Angaben zum nationalen Hochschulsystem",
        "Familienname|Vorname|Geburtsdatum und Geburtsort|Matrikelnummer|"
        "Qualifikation und Titel|Hauptstudienfächer|Verleihende Einrichtung|Durchführende Einrichtung|Unterrichtssprachen|"
        "Niveau|Regelstudienzeit|Zugangsvoraussetzungen|"
        "Studienform|Lernergebnisse|Einzelheiten zum Studium|Notensystem und Notenverteilung|Gesamtbeurteilung|"
        "Zugang zu weiterführenden Studien|Zugang zu einem reglementierten Beruf|"
        "Weitere Angaben|Weitere Informationsquellen|"
        "Datum|Name|Amtliche Stellung",
        "Teil des Studiums|ECTS|Note|{count} Monate|Seite {number} von {count}|nicht angegeben",
        "Englisch|Deutsch|Französisch|Spanisch|Griechisch|Bulgarisch",
        "Kurzstudium|erster Zyklus|zweiter Zyklus|dritter Zyklus",
    ),
    "fr": _words(
        "Informations sur le titulaire de la qualification|Informations sur la qualification|"
        "Informations sur le niveau et la durée de la qualification|Informations sur le programme d’études et les résultats obtenus|"
        "Informations sur la fonction de la qualification|Informations complémentaires|Certification du supplément|"
        "Informations sur le système national d’enseignement supérieur",
        "Nom de famille|Prénom|Date et lieu de naissance|Numéro d’étudiant|"
        "Qualification et titre conféré|Domaines d’études|Établissement qui délivre|Établissement qui organise|Langues d’enseignement|"
        "Niveau|Durée officielle|Conditions d’accès|"
        "Mode d’études|Acquis d’apprentissage|Détail du programme|Système et répartition des notes|Classification générale|"
        "Accès à un niveau d’études supérieur|Accès à une profession réglementée|"
        "Informations complémentaires|Autres sources|"
        "Date|Nom|Qualité",
        "Partie du programme|ECTS|Note|{count} mois|Page {number} sur {count}|non indiqué",
        "anglais|allemand|français|espagnol|grec|bulgare",
        "cycle court|premier cycle|deuxième cycle|troisième cycle",
    ),
    "es": _words(
        "Datos identificativos del titulado|Información sobre la titulación|"
        "Información sobre el nivel y la duración de la titulación|Información sobre el programa y los resultados obtenidos|"
        "Información sobre la función de la titulación|Información adicional|Certificación del suplemento|"
        "Información sobre el sistema nacional de educación superior",
        "Apellidos|Nombre|Fecha y lugar de nacimiento|Número de estudiante|"
        "Titulación y título conferido|Campos de estudio|Institución que otorga|Institución que imparte|Lenguas de instrucción|"
        "Nivel|Duración oficial|Requisitos de acceso|"
        "Modalidad de estudio|Resultados de aprendizaje|Detalles del programa|Sistema y distribución de calificaciones|"
        "Calificación global|"
        "Acceso a estudios posteriores|Acceso a una profesión regulada|"
        "Información adicional|Otras fuentes|"
        "Fecha|Nombre|Cargo",
        "Parte del programa|ECTS|Calificación|{count} meses|Página {number} de {count}|no consta",
        "inglés|alemán|francés|español|griego|búlgaro",
        "ciclo corto|primer ciclo|segundo ciclo|tercer ciclo",
    ),
    "el": _words(
        "Στοιχεία του κατόχου του τίτλου|Στοιχεία του τίτλου|"
        "Πληροφορίες για το επίπεδο και τη διάρκεια του τίτλου|Πληροφορίες για το πρόγραμμα σπουδών και τα αποτελέσματα|"
        "Πληροφορίες για τη λειτουργία του τίτλου|Συμπληρωματικές πληροφορίες|Πιστοποίηση του παραρτήματος|"
        "Πληροφορίες για το εθνικό σύστημα ανώτατης εκπαίδευσης",
        "Επώνυμο|Όνομα|Ημερομηνία και τόπος γέννησης|Αριθμός μητρώου|"
        "Τίτλος σπουδών|Κύρια πεδία σπουδών|Ίδρυμα που απονέμει|Ίδρυμα που διδάσκει|Γλώσσες διδασκαλίας|"
        "Επίπεδο|Επίσημη διάρκεια|Προϋποθέσεις πρόσβασης|"
        "Τρόπος φοίτησης|Μαθησιακά αποτελέσματα|Λεπτομέρειες του προγράμματος|Σύστημα βαθμολογίας και κατανομή βαθμών|Γενικός χαρακτηρισμός|"
        "Πρόσβαση σε περαιτέρω σπουδές|Πρόσβαση σε νομοθετικά κατοχυρωμένο επάγγελμα|"
        "Συμπληρωματικές πληροφορίες|Πηγές περαιτέρω πληροφοριών|"
        "Ημερομηνία|Όνομα|Ιδιότητα",
        "Μέρος του προγράμματος|ECTS|Βαθμός|{count} μήνες|Σελίδα {number} από {count}|δεν αναφέρεται",
        "Αγγλικά|Γερμανικά|Γαλλικά|Ισπανικά|Ελληνικά|Βουλγαρικά",
        "βραχύς κύκλος|πρώτος κύκλος|δεύτερος κύκλος|τρίτος κύκλος",
    ),
    "bg": _words(
        "Данни за притежателя на квалификацията|Данни за квалификацията|"
        "Данни за степента и продължителността на квалификацията|Данни за учебната програма и постигнатите резултати|"
        "Данни за предназначението на квалификацията|Допълнителна информация|Заверка на приложението|"
        "Данни за националната система за висше образование",
        "Фамилно име|Собствено име|Дата и място на раждане|Факултетен номер|"
        "Квалификация и присъдена титла|Области на обучение|Присъждаща институция|Обучаваща институция|Езици на обучение|"
        "Ниво|Официална продължителност|Изисквания за прием|"
        "Форма на обучение|Резултати от ученето|Подробности за програмата|Система и разпределение на оценките|Обща оценка|"
        "Достъп до по-нататъшно обучение|Достъп до регулирана професия|"
        "Допълнителна информация|Други източници|"
        "Дата|Име|Длъжност",
        "Част от програмата|ECTS|Оценка|{count} месеца|Страница {number} от {count}|не е посочено",
        "английски|немски|френски|испански|гръцки|български",
        "кратък цикъл|първи цикъл|втори цикъл|трети цикъл",
    ),
}


def supplement_words(language: str) -> SupplementWords:
    """The words for a language tag; English where there are none."""
    return SUPPLEMENT_WORDS.get(language.split("-", 1)[0], SUPPLEMENT_WORDS["en"])
