/*
 * A complete format in C, to start from. It reads and writes questions, one to a document:
 *
 *     7/2025: Where are the minutes of station 3?
 *
 * and is loaded by the hub's own tests. A real format would use a protobuf library for C; this one
 * writes the few fields it needs by hand, to show that nothing else is hidden at the boundary.
 */
#include "barid_plugin.h"

#include <stdlib.h>
#include <string.h>

/* Names of barid.v1: field numbers of reading.proto, content.proto, appeal.proto, terms.proto. */
enum { KIND_QUERY = 14, SEVERITY_ERROR = 1 };
enum { VARINT = 0, FIXED64 = 1, LENGTH = 2, FIXED32 = 5 };

/* Longest line, in bytes: a question that is longer belongs into a document of its own. */
enum { LINE_MAX_BYTES = 1024 };

/* ------------------------------------------------------------------ writing plain proto3 bytes */

/* All replies of this format fit: one line, or one problem, and their few field headers. */
typedef struct Writer {
    uint8_t bytes[2 * LINE_MAX_BYTES];
    size_t len;
} Writer;

static void put_varint(Writer *out, uint64_t value) {
    while (value >= 0x80) {
        out->bytes[out->len++] = (uint8_t)(value | 0x80);
        value >>= 7;
    }
    out->bytes[out->len++] = (uint8_t)value;
}

static void put_number(Writer *out, uint32_t field, uint64_t value) {
    put_varint(out, field << 3 | VARINT);
    put_varint(out, value);
}

static void put_bytes(Writer *out, uint32_t field, const void *bytes, size_t len) {
    put_varint(out, field << 3 | LENGTH);
    put_varint(out, len);
    memcpy(out->bytes + out->len, bytes, len);
    out->len += len;
}

static void put_string(Writer *out, uint32_t field, const char *text) {
    put_bytes(out, field, text, strlen(text));
}

static void put_message(Writer *out, uint32_t field, const Writer *message) {
    put_bytes(out, field, message->bytes, message->len);
}

/* One Rendering { language, text } of a Text. */
static void put_rendering(Writer *out, const char *language, const void *text, size_t len) {
    Writer rendering = {.len = 0};
    put_string(&rendering, 1, language);
    put_bytes(&rendering, 2, text, len);
    put_message(out, 1, &rendering);
}

/* A Text in the language of whoever wrote the document. */
static void put_text(Writer *out, uint32_t field, const void *text, size_t len) {
    Writer message = {.len = 0};
    put_rendering(&message, "en", text, len);
    put_message(out, field, &message);
}

/* A sentence of this format's own, in the languages of its readers, in the order of their tags. */
typedef struct Both {
    const char *ar, *en;
} Both;

static void put_both(Writer *out, uint32_t field, Both said) {
    Writer message = {.len = 0};
    put_rendering(&message, "ar", said.ar, strlen(said.ar));
    put_rendering(&message, "en", said.en, strlen(said.en));
    put_message(out, field, &message);
}

/* ---------------------------------------------------------------------------------- reading */

typedef struct Slice {
    const uint8_t *ptr;
    size_t len;
} Slice;

static int take_varint(Slice *in, uint64_t *value) {
    *value = 0;
    for (unsigned shift = 0; shift < 64 && in->len > 0; shift += 7) {
        uint8_t byte = *in->ptr++;
        in->len--;
        *value |= (uint64_t)(byte & 0x7f) << shift;
        if (byte < 0x80) return 1;
    }
    return 0;
}

/* Finds the last field of this number that has a length; empty when there is none.
 * Returns 0 when the bytes are no message. */
static int find(Slice in, uint64_t field, Slice *found) {
    *found = (Slice){in.ptr, 0};
    while (in.len > 0) {
        uint64_t key, len = 0;
        if (!take_varint(&in, &key)) return 0;
        switch (key & 7) {
        case VARINT: {
            uint64_t ignored;
            if (!take_varint(&in, &ignored)) return 0;
            break;
        }
        case FIXED64: len = 8; break;
        case FIXED32: len = 4; break;
        case LENGTH:
            if (!take_varint(&in, &len)) return 0;
            break;
        default: return 0;
        }
        if (len > in.len) return 0;
        if (key == (field << 3 | LENGTH)) *found = (Slice){in.ptr, (size_t)len};
        in.ptr += len;
        in.len -= (size_t)len;
    }
    return 1;
}

/* ---------------------------------------------------------------------------------- replying */

/* Copies bytes into memory that free_buffer frees. */
static int32_t reply_with(BaridBuffer *reply, int32_t status, const void *bytes, size_t len) {
    uint8_t *copy = malloc(len > 0 ? len : 1);
    if (copy == NULL) return BARID_STATUS_FAULT;
    memcpy(copy, bytes, len);
    reply->ptr = copy;
    reply->len = len;
    reply->owner = copy;
    return status;
}

static int32_t refuse_request(BaridBuffer *reply) {
    static const char text[] = "the request is unreadable";
    return reply_with(reply, BARID_STATUS_REQUEST_INVALID, text, sizeof text - 1);
}

/* One problem of severity error, on line 1: what is wrong, and how to mend it. */
static void put_problem(Writer *out, const char *code, size_t column, Both what, Both remedy) {
    Writer place = {.len = 0}, problem = {.len = 0};
    put_number(&place, 1, 1);
    put_number(&place, 2, column);
    put_number(&problem, 1, SEVERITY_ERROR);
    put_string(&problem, 2, code);
    put_message(&problem, 3, &place);
    put_both(&problem, 4, what);
    put_both(&problem, 5, remedy);
    put_message(out, 2, &problem);
}

/* ---------------------------------------------------------------------------------- the format */

static int32_t describe(BaridBuffer *reply) {
    static const char title[] = "A question on one line";
    const uint8_t kinds[] = {KIND_QUERY}; /* a packed list of one */
    Writer format = {.len = 0}, description = {.len = 0};
    put_string(&format, 1, "specimen/line+text");
    put_string(&format, 2, "text/plain");
    put_bytes(&format, 3, kinds, sizeof kinds);
    put_bytes(&format, 4, kinds, sizeof kinds);
    put_text(&format, 5, title, sizeof title - 1);
    put_string(&description, 1, "specimen");
    put_string(&description, 2, "1.0.0");
    put_message(&description, 3, &format);
    return reply_with(reply, BARID_STATUS_OK, description.bytes, description.len);
}

/* Reads the line into DecodeReply.content, or says what is wrong with it. */
static void read_line(Writer *out, Slice line) {
    size_t colon = line.len;
    if (line.len > LINE_MAX_BYTES) {
        put_problem(out, "line-too-long", LINE_MAX_BYTES + 1,
                    (Both){"في السطر أكثر من 1024 بايت.", "The line has more than 1024 bytes."},
                    (Both){"قدّم السؤال الطويل في مستند مستقل.",
                           "File a long question as a document of its own."});
        return;
    }
    for (size_t at = 0; at < line.len; at++) {
        if (line.ptr[at] < 0x20 || line.ptr[at] > 0x7e) {
            put_problem(out, "character-unknown", at + 1,
                        (Both){"لا تُقرأ إلا حروف ASCII.", "Only ASCII can be read."},
                        (Both){"اكتب السؤال بحروف لاتينية أو استخدم صيغة أخرى.",
                               "Write the question in Latin letters, or use another format."});
            return;
        }
        if (line.ptr[at] == ':' && colon == line.len) colon = at;
    }
    if (colon == 0 || colon + 2 >= line.len || line.ptr[colon + 1] != ' ') {
        put_problem(out, "number-missing", 1,
                    (Both){"لا يبدأ السطر برقم.", "The line does not begin with a number."},
                    (Both){"اكتب رقم السؤال ثم نقطتين وفراغاً ثم السؤال.",
                           "Write the number of the question, a colon, a space and the question."});
        return;
    }
    Writer query = {.len = 0}, content = {.len = 0};
    put_bytes(&query, 1, line.ptr, colon);
    put_text(&query, 2, line.ptr + colon + 2, line.len - colon - 2);
    put_message(&content, KIND_QUERY, &query);
    put_message(out, 1, &content);
}

static int32_t decode(BaridBytes request, BaridBuffer *reply) {
    Slice input;
    Writer out = {.len = 0};
    if (!find((Slice){request.ptr, request.len}, 2, &input)) return refuse_request(reply);
    if (input.len > 0 && input.ptr[input.len - 1] == '\n') input.len--;
    read_line(&out, input);
    return reply_with(reply, BARID_STATUS_OK, out.bytes, out.len);
}

static int32_t encode(BaridBytes request, BaridBuffer *reply) {
    Slice content, query, number, question, rendering, text;
    Writer line = {.len = 0}, out = {.len = 0};
    if (!find((Slice){request.ptr, request.len}, 2, &content) ||
        !find(content, KIND_QUERY, &query) || !find(query, 1, &number) ||
        !find(query, 2, &question) || !find(question, 1, &rendering) || !find(rendering, 2, &text))
        return refuse_request(reply);
    if (number.len + text.len + 3 > LINE_MAX_BYTES) {
        Writer problem = {.len = 0}, problems = {.len = 0};
        static const Both what = {"لا يتسع سطر من 1024 بايت للسؤال.",
                                  "The question does not fit on one line of 1024 bytes."};
        put_number(&problem, 1, SEVERITY_ERROR);
        put_string(&problem, 2, "line-too-long");
        put_both(&problem, 4, what);
        put_message(&problems, 4, &problem);
        return reply_with(reply, BARID_STATUS_OK, problems.bytes, problems.len);
    }
    memcpy(line.bytes, number.ptr, number.len);
    memcpy(line.bytes + number.len, ": ", 2);
    memcpy(line.bytes + number.len + 2, text.ptr, text.len);
    line.len = number.len + 2 + text.len;
    line.bytes[line.len++] = '\n';
    put_message(&out, 1, &line);
    put_string(&out, 2, "text/plain");
    put_string(&out, 3, "question.txt");
    return reply_with(reply, BARID_STATUS_OK, out.bytes, out.len);
}

/* Any allocator will do, as long as the side that allocated also frees. */
static void free_buffer(BaridBuffer *buffer) {
    free(buffer->owner);
    *buffer = (BaridBuffer){NULL, 0, NULL};
}

const BaridPluginTable *barid_plugin_entry(void) {
    static const BaridPluginTable table = {
        .abi_version = BARID_ABI_VERSION,
        .table_size = sizeof(BaridPluginTable),
        .describe = describe,
        .decode = decode,
        .encode = encode,
        .free_buffer = free_buffer,
    };
    return &table;
}
