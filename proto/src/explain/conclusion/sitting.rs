//! Sittings: the roll, the quorum, majorities and the chair's vote.

use super::super::language::Four;

pub(super) const TABLE: &[(&str, Four)] = &[
    ("quorum-met", ["اكتمل النصاب", "ڕێژەی یاسایی تەواوە", "the quorum is met", "hay quórum"]),
    (
        "quorum-missing",
        ["النصاب غير مكتمل", "ڕێژەی یاسایی تەواو نییە", "the quorum is missing", "falta quórum"],
    ),
    (
        "roll-missing",
        [
            "لا قائمة حضور في القرار",
            "لیستی ئامادەبووان لە بڕیارەکەدا نییە",
            "the decision has no roll of attendance",
            "la resolución no tiene lista de asistencia",
        ],
    ),
    (
        "seats-unknown",
        [
            "المقاعد غير معروفة",
            "کورسییەکان نەزانراون",
            "the seats are not known",
            "no se conocen los cargos",
        ],
    ),
    (
        "body-unclear",
        [
            "لا يتضح أي هيئة انعقدت",
            "ڕوون نییە کام دەستە کۆبووەتەوە",
            "which body sat is not clear",
            "no queda claro qué órgano sesionó",
        ],
    ),
    (
        "name-unclear",
        [
            "اسم في قائمة الحضور غير واضح",
            "ناوێک لە لیستی ئامادەبوواندا ڕوون نییە",
            "a name on the roll is not clear",
            "un nombre de la lista no es claro",
        ],
    ),
    (
        "members-entitled",
        [
            "كل الحاضرين أعضاء لهم حق التصويت",
            "هەموو ئامادەبووان ئەندامن و مافی دەنگدانیان هەیە",
            "all on the roll are members who may vote",
            "todos los de la lista son integrantes con voto",
        ],
    ),
    (
        "no-seat",
        [
            "في القائمة من ليس عضواً",
            "کەسێک لە لیستدایە کە ئەندام نییە",
            "somebody on the roll holds no seat",
            "en la lista hay quien no es integrante",
        ],
    ),
    (
        "seat-not-taken",
        [
            "عضو لم يباشر بعد",
            "ئەندامێک هێشتا دەستبەکار نەبووە",
            "a member on the roll had not taken the seat yet",
            "un integrante de la lista aún no asumía",
        ],
    ),
    (
        "seat-left",
        [
            "عضو ترك مقعده",
            "ئەندامێک کورسییەکەی بەجێ هێشتووە",
            "a member on the roll had left the seat",
            "un integrante de la lista ya había dejado el cargo",
        ],
    ),
    (
        "term-over",
        [
            "عضو انتهت ولايته",
            "ماوەی ئەندامێک تەواو بووە",
            "the term of a member on the roll was over",
            "había concluido el periodo de un integrante",
        ],
    ),
    (
        "no-oath",
        [
            "عضو لم يؤدِّ اليمين",
            "ئەندامێک سوێندی نەخواردووە",
            "a member on the roll had not taken the oath",
            "un integrante de la lista no había rendido protesta",
        ],
    ),
    (
        "listed-twice",
        [
            "عضو مذكور مرتين في القائمة",
            "ئەندامێک دوو جار لە لیستدایە",
            "a member stands on the roll twice",
            "un integrante aparece dos veces en la lista",
        ],
    ),
    (
        "voted-absent",
        [
            "صوّت عضو غائب",
            "ئەندامێکی ئامادەنەبوو دەنگی داوە",
            "a member voted without being present",
            "votó un integrante ausente",
        ],
    ),
    (
        "voted-recused",
        [
            "صوّت عضو متنحٍّ",
            "ئەندامێک کە خۆی کشاندبووەوە دەنگی داوە",
            "a member voted after standing aside",
            "votó un integrante excusado",
        ],
    ),
    (
        "carried",
        [
            "أقرّته الأغلبية",
            "زۆرینە بڕیاری لەسەر دا",
            "carried by the majority",
            "aprobado por mayoría",
        ],
    ),
    (
        "carried-by-casting-vote",
        [
            "أُقرّ بصوت الرئيس المرجِّح",
            "بە دەنگی یەکلاکەرەوەی سەرۆک بڕیاری لەسەر درا",
            "carried by the chair's casting vote",
            "aprobado por voto de calidad de la presidencia",
        ],
    ),
    (
        "lost-by-casting-vote",
        [
            "سقط بصوت الرئيس المرجِّح",
            "بە دەنگی یەکلاکەرەوەی سەرۆک ڕەت کرایەوە",
            "lost by the chair's casting vote",
            "rechazado por voto de calidad de la presidencia",
        ],
    ),
    ("not-carried", ["لم تقرّه الأغلبية", "زۆرینەی بەدەست نەهێنا", "no majority", "sin mayoría"]),
    ("tied", ["تساوت الأصوات ولم يُحسم", "دەنگەکان یەکسان بوون و یەکلا نەکرایەوە", "tied", "empate"]),
    (
        "votes-unknown",
        [
            "الأصوات غير مذكورة",
            "دەنگەکان باس نەکراون",
            "the votes are not given",
            "no constan los votos",
        ],
    ),
    (
        "chair-vote-unknown",
        [
            "صوت الرئيس غير مذكور",
            "دەنگی سەرۆک باس نەکراوە",
            "the chair's vote is not given",
            "no consta el voto de la presidencia",
        ],
    ),
    (
        "chair-decided",
        [
            "حسم الرئيس عند التساوي، وهذا مذكور",
            "لە یەکسانیدا سەرۆک یەکلای کردەوە و باس کراوە",
            "the chair decided the tie, and it is declared",
            "la presidencia decidió el empate y así consta",
        ],
    ),
    (
        "casting-vote-not-declared",
        [
            "حسم صوت الرئيس، وهذا غير مذكور",
            "دەنگی سەرۆک یەکلای کردەوە، بەڵام باس نەکراوە",
            "the chair's vote decided and it is not declared",
            "decidió el voto de la presidencia y no consta",
        ],
    ),
    (
        "casting-vote-excluded",
        [
            "لا صوت مرجِّحاً في هذه المسألة",
            "لەم بابەتەدا دەنگی یەکلاکەرەوە نییە",
            "this matter knows no casting vote",
            "en este asunto no hay voto de calidad",
        ],
    ),
    (
        "no-casting-vote",
        [
            "لم تتساوَ الأصوات، فلا صوت مرجِّحاً",
            "دەنگەکان یەکسان نەبوون، بۆیە دەنگی یەکلاکەرەوە نییە",
            "there was no tie for a casting vote",
            "no hubo empate que decidir con voto de calidad",
        ],
    ),
    (
        "not-needed",
        [
            "لا حاجة إلى صوت الرئيس المرجِّح",
            "پێویست بە دەنگی یەکلاکەرەوەی سەرۆک نییە",
            "no casting vote was needed",
            "no hizo falta voto de calidad",
        ],
    ),
    (
        "chair-absent",
        [
            "تساوت الأصوات والرئيس غائب",
            "دەنگەکان یەکسان بوون و سەرۆک ئامادە نەبوو",
            "tied, and the chair was absent",
            "empate con la presidencia ausente",
        ],
    ),
    (
        "chair-recused",
        [
            "تساوت الأصوات والرئيس متنحٍّ",
            "دەنگەکان یەکسان بوون و سەرۆک خۆی کشاندبووەوە",
            "tied, and the chair stood aside",
            "empate con la presidencia excusada",
        ],
    ),
    (
        "chair-did-not-vote",
        [
            "تساوت الأصوات ولم يصوّت الرئيس",
            "دەنگەکان یەکسان بوون و سەرۆک دەنگی نەدا",
            "tied, and the chair did not vote",
            "empate sin voto de la presidencia",
        ],
    ),
    (
        "depends-on-votes-not-entitled",
        [
            "تتوقف النتيجة على أصوات من لا حق لهم",
            "ئەنجامەکە بەندە بە دەنگی ئەوانەی مافیان نییە",
            "it depends on votes of those who may not vote",
            "depende de votos de quienes no tienen derecho",
        ],
    ),
    (
        "special-majority-met",
        [
            "تحققت الأغلبية الخاصة",
            "زۆرینەی تایبەت بەدەست هات",
            "the special majority is met",
            "se alcanzó la mayoría calificada",
        ],
    ),
    (
        "special-majority-missing",
        [
            "لم تتحقق الأغلبية الخاصة",
            "زۆرینەی تایبەت بەدەست نەهات",
            "the special majority is missing",
            "falta la mayoría calificada",
        ],
    ),
];
