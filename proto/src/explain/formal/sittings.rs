//! What sittings come to, in words.

use super::super::language::Four;

pub(super) const TABLE: &[(&str, Four)] = &[
    (
        "lost-by-casting-vote",
        [
            "رُفض بصوت الرئيس المرجِّح",
            "بە دەنگی یەکلاکەرەوەی سەرۆک ڕەت کرایەوە",
            "lost by the casting vote of the chair",
            "rechazado por el voto de calidad de la presidencia",
        ],
    ),
    (
        "chair-vote-unknown",
        [
            "تساوت الأصوات ولا يُعرف كيف صوّت الرئيس",
            "دەنگەکان یەکسانن و نازانرێت سەرۆک چۆن دەنگی داوە",
            "tied, and how the chair voted is not known",
            "empate, y no consta cómo votó la presidencia",
        ],
    ),
    (
        "depends-on-votes-not-entitled",
        [
            "لا يمكن الحسم: النتيجة تتوقف على أصوات من لا يحق لهم التصويت",
            "بڕیار نادرێت: ئەنجامەکە لەسەر دەنگی ئەوانە وەستاوە کە مافی دەنگدانیان نییە",
            "cannot be decided: it depends on votes of those who may not vote",
            "no puede decidirse: depende de votos de quienes no pueden votar",
        ],
    ),
    (
        "votes-unknown",
        [
            "لا يمكن الحسم: لا يُذكر التصويت",
            "بڕیار نادرێت: باسی دەنگدان نەکراوە",
            "cannot be decided: the decision does not say how they voted",
            "no puede decidirse: la decisión no dice cómo se votó",
        ],
    ),
    (
        "chair-decided",
        ["رجّح الرئيس", "سەرۆک یەکلای کردەوە", "the chair decided", "decidió la presidencia"],
    ),
    (
        "casting-vote-not-declared",
        [
            "رجّح الرئيس ولا يذكره القرار",
            "سەرۆک یەکلای کردەوە و بڕیارەکە باسی ناکات",
            "the chair decided, and the decision does not say so",
            "decidió la presidencia, y la decisión no lo dice",
        ],
    ),
    (
        "casting-vote-excluded",
        [
            "لا صوت مرجِّح في هذا الأمر",
            "لەم بابەتەدا دەنگی یەکلاکەرەوە نییە",
            "there is no casting vote in this matter",
            "en esta materia no hay voto de calidad",
        ],
    ),
    (
        "no-casting-vote",
        [
            "يذكر القرار صوتاً مرجِّحاً ولم تتساوَ الأصوات",
            "بڕیارەکە باسی دەنگی یەکلاکەرەوە دەکات و دەنگەکان یەکسان نەبوون",
            "the decision speaks of a casting vote, and there was no tie",
            "la decisión habla de voto de calidad, y no hubo empate",
        ],
    ),
    (
        "not-needed",
        [
            "لا حاجة إلى صوت مرجِّح",
            "پێویست بە دەنگی یەکلاکەرەوە نییە",
            "no casting vote was needed",
            "no hizo falta voto de calidad",
        ],
    ),
    (
        "chair-absent",
        [
            "تساوت الأصوات والرئيس غائب",
            "دەنگەکان یەکسانن و سەرۆک ئامادە نییە",
            "tied, and the chair was absent",
            "empate, y la presidencia faltaba",
        ],
    ),
    (
        "chair-recused",
        [
            "تساوت الأصوات والرئيس متنحٍّ",
            "دەنگەکان یەکسانن و سەرۆک خۆی کشاندووەتەوە",
            "tied, and the chair stood aside",
            "empate, y la presidencia se excusó",
        ],
    ),
    (
        "chair-did-not-vote",
        [
            "تساوت الأصوات ولم يصوّت الرئيس",
            "دەنگەکان یەکسانن و سەرۆک دەنگی نەداوە",
            "tied, and the chair did not vote",
            "empate, y la presidencia no votó",
        ],
    ),
    (
        "special-majority-met",
        [
            "تحققت الأغلبية الخاصة",
            "زۆرینەی تایبەت بەدەست هات",
            "the special majority is met",
            "hay mayoría especial",
        ],
    ),
    (
        "special-majority-missing",
        [
            "لم تتحقق الأغلبية الخاصة",
            "زۆرینەی تایبەت بەدەست نەهات",
            "the special majority is missing",
            "falta la mayoría especial",
        ],
    ),
    (
        "members-entitled",
        [
            "كل الحاضرين أعضاء",
            "هەموو ئامادەبووان ئەندامن",
            "all who sat hold a seat",
            "todos los presentes ocupan un puesto",
        ],
    ),
    (
        "roll-missing",
        [
            "لا يمكن الحسم: لا تُذكر أسماء الحاضرين",
            "بڕیار نادرێت: ناوی ئامادەبووان نەنووسراوە",
            "cannot be decided: who sat is not said",
            "no puede decidirse: no se dice quiénes asistieron",
        ],
    ),
    (
        "seats-unknown",
        [
            "لا يمكن الحسم: المقاعد غير معروفة",
            "بڕیار نادرێت: کورسییەکان نەزانراون",
            "cannot be decided: the seats are not known",
            "no puede decidirse: no se conocen los puestos",
        ],
    ),
    (
        "body-unclear",
        [
            "لا يمكن الحسم: لا يُذكر أي مجلس قرر",
            "بڕیار نادرێت: نەوتراوە کام دەستە بڕیاری داوە",
            "cannot be decided: which body decided is not said",
            "no puede decidirse: no se dice qué órgano decidió",
        ],
    ),
    (
        "day-unknown",
        [
            "لا يمكن الحسم: اليوم غير معروف",
            "بڕیار نادرێت: ڕۆژەکە نەزانراوە",
            "cannot be decided: the day is not known",
            "no puede decidirse: no consta el día",
        ],
    ),
    (
        "oaths-taken",
        [
            "أدى كل الحاضرين اليمين",
            "هەموو ئامادەبووان سوێندیان خواردووە",
            "all who sat have taken the oath",
            "todos los presentes prestaron juramento",
        ],
    ),
    (
        "no-oath",
        [
            "حضر من لم يؤدِّ اليمين",
            "کەسێک بێ سوێندخواردن ئامادە بووە",
            "somebody sat without an oath",
            "asistió alguien sin juramento",
        ],
    ),
    (
        "no-seat",
        [
            "حضر من ليس عضواً",
            "کەسێک ئامادە بووە کە ئەندام نییە",
            "somebody sat who has no seat",
            "asistió alguien que no ocupa puesto",
        ],
    ),
    (
        "seat-not-taken",
        [
            "حضر من لم تبدأ عضويته بعد",
            "کەسێک ئامادە بووە کە ئەندامێتییەکەی هێشتا دەستی پێ نەکردووە",
            "somebody sat who takes the seat only later",
            "asistió alguien que aún no ocupaba su puesto",
        ],
    ),
    (
        "seat-left",
        [
            "حضر من ترك مقعده",
            "کەسێک ئامادە بووە کە کورسییەکەی بەجێ هێشتووە",
            "somebody sat who had left the seat",
            "asistió alguien que ya había dejado su puesto",
        ],
    ),
    (
        "term-over",
        [
            "حضر من انتهت ولايته",
            "کەسێک ئامادە بووە کە ماوەی ئەندامێتییەکەی تەواو بووە",
            "somebody sat whose term was over",
            "asistió alguien con mandato vencido",
        ],
    ),
    (
        "listed-twice",
        [
            "ذُكر عضو مرتين",
            "ئەندامێک دوو جار نووسراوە",
            "a member is listed twice",
            "un miembro figura dos veces",
        ],
    ),
    (
        "name-unclear",
        [
            "لا يمكن الحسم: الاسم لأكثر من عضو",
            "بڕیار نادرێت: ناوەکە هی زیاتر لە ئەندامێکە",
            "cannot be decided: several members have this name",
            "no puede decidirse: varios miembros tienen ese nombre",
        ],
    ),
    (
        "voted-absent",
        [
            "صوّت غائب",
            "کەسێکی ئامادەنەبوو دەنگی داوە",
            "somebody voted who was not there",
            "votó alguien que no estaba",
        ],
    ),
    (
        "voted-recused",
        [
            "صوّت متنحٍّ",
            "کەسێک دەنگی داوە کە خۆی کشاندبووەوە",
            "somebody voted who stood aside",
            "votó alguien que se había excusado",
        ],
    ),
    (
        "tally-agrees",
        [
            "عدد الأصوات مطابق",
            "ژمارەی دەنگەکان یەک دەگرێتەوە",
            "the tally agrees with the ballots",
            "el recuento coincide con los votos",
        ],
    ),
    (
        "tally-differs",
        [
            "عدد الأصوات غير مطابق",
            "ژمارەی دەنگەکان یەک ناگرێتەوە",
            "the tally is not what the ballots add up to",
            "el recuento no coincide con los votos",
        ],
    ),
    (
        "more-votes-than-present",
        [
            "الأصوات أكثر من الحاضرين",
            "دەنگەکان لە ئامادەبووان زیاترن",
            "there are more votes than members present",
            "hay más votos que presentes",
        ],
    ),
    (
        "agreement-differs",
        [
            "ذكر الإجماع أو الأغلبية غير مطابق للأصوات",
            "باسی کۆی دەنگ یان زۆرینە لەگەڵ دەنگەکان ناگونجێت",
            "what it says of unanimity is not what the votes say",
            "lo que dice de la unanimidad no es lo que dicen los votos",
        ],
    ),
    (
        "ballots-unknown",
        [
            "لا يمكن الحسم: لا تُذكر أصوات كل الأعضاء",
            "بڕیار نادرێت: دەنگی هەموو ئەندامان نەنووسراوە",
            "cannot be decided: not every ballot is on the roll",
            "no puede decidirse: no constan todos los votos",
        ],
    ),
    (
        "each-case-once",
        [
            "حُسمت كل قضية مرة واحدة",
            "هەر دۆسیەیەک جارێک یەکلا کراوەتەوە",
            "each case is decided once",
            "cada caso se decide una vez",
        ],
    ),
    (
        "case-twice",
        [
            "حُسمت قضية مرتين",
            "دۆسیەیەک دوو جار یەکلا کراوەتەوە",
            "a case is decided twice",
            "un caso se decide dos veces",
        ],
    ),
    (
        "outcome-missing",
        [
            "قضية بلا نتيجة",
            "دۆسیەیەک بێ ئەنجامە",
            "a case has no outcome",
            "un caso no tiene resultado",
        ],
    ),
    (
        "parts-complete",
        [
            "أجزاء القرار مكتملة",
            "بەشەکانی بڕیارەکە تەواون",
            "the decision has its parts",
            "la decisión tiene sus partes",
        ],
    ),
    (
        "parts-missing",
        [
            "تنقص أجزاء من القرار",
            "بەشێکی بڕیارەکە کەمە",
            "parts of the decision are missing",
            "faltan partes de la decisión",
        ],
    ),
    (
        "composition-met",
        [
            "المقاعد مشغولة كما ينص القانون",
            "کورسییەکان وەک یاسا دەڵێت پڕن",
            "the seats are filled as the law asks",
            "los puestos están cubiertos como pide la ley",
        ],
    ),
    ("seats-vacant", ["مقاعد شاغرة", "کورسی چۆڵ هەیە", "seats are vacant", "hay puestos vacantes"]),
    (
        "too-many-seats",
        [
            "المقاعد أكثر مما ينص القانون",
            "کورسییەکان لەوە زیاترن کە یاسا دەڵێت",
            "there are more seats than the law gives",
            "hay más puestos que los de la ley",
        ],
    ),
    (
        "profession-missing",
        [
            "لا يكفي أعضاء المهنة المطلوبة",
            "ئەندامی پیشەی داواکراو کەمە",
            "too few members of a profession",
            "faltan miembros de una profesión",
        ],
    ),
    (
        "profession-unknown",
        [
            "لا يمكن الحسم: مهنة عضو غير مذكورة",
            "بڕیار نادرێت: پیشەی ئەندامێک نەنووسراوە",
            "cannot be decided: a profession is not given",
            "no puede decidirse: no consta una profesión",
        ],
    ),
];
