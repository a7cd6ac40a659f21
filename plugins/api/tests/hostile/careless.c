/*
 * A plugin that crashes nothing and is careless all the same, in the way that a macro chooses:
 *
 *     STOPS    tells the first problem of a document only
 *     COUNTS   answers by how often it was asked
 *     FORGETS  leaves out the last character when it writes
 *
 * Without any it is careful. It reads a table of ASCII in which no cell has a question mark.
 */
#define barid_plugin_entry specimen_entry
#include "../specimen.c"
#undef barid_plugin_entry

enum { TABLE_MAX_BYTES = 900, ROOM_FOR_A_PROBLEM = 400 };

static int32_t describe_cells(BaridBuffer *reply) {
    const uint8_t kinds[] = {KIND_QUERY};
    Writer format = {.len = 0}, description = {.len = 0};
    put_string(&format, 1, "careless/cells+csv");
    put_string(&format, 2, "text/csv");
    put_bytes(&format, 3, kinds, sizeof kinds);
    put_bytes(&format, 4, kinds, sizeof kinds);
    put_string(&description, 1, "careless");
    put_string(&description, 2, "1");
    put_message(&description, 3, &format);
    return reply_with(reply, BARID_STATUS_OK, description.bytes, description.len);
}

static void put_cell_problem(Writer *out, const char *code, unsigned row, char column) {
    const char cell[] = {column, 0};
    Writer place = {.len = 0}, problem = {.len = 0};
    put_number(&place, 3, row);
    put_string(&place, 4, cell);
    put_number(&problem, 1, SEVERITY_ERROR);
    put_string(&problem, 2, code);
    put_message(&problem, 3, &place);
    put_both(&problem, 4, (Both){"خلية لا تُقرأ.", "The cell cannot be read."});
    put_both(&problem, 5, (Both){"صحّح الخلية.", "Correct the cell."});
    put_message(out, 2, &problem);
}

static void read_cells(Writer *out, Slice table) {
    unsigned row = 1;
    char column = 'A';
    if (table.len == 0 || table.len > TABLE_MAX_BYTES) {
        put_cell_problem(out, "size-unfit", 1, column);
        return;
    }
    for (size_t at = 0; at < table.len && out->len + ROOM_FOR_A_PROBLEM < sizeof out->bytes; at++) {
        uint8_t byte = table.ptr[at];
        if (byte == '\n') row++, column = 'A';
        if (byte == ',' && column < 'Z') column++;
        if (byte == '?' || byte > 0x7e || (byte < 0x20 && byte != '\n')) {
            put_cell_problem(out, byte == '?' ? "cell-unknown" : "byte-unknown", row, column);
#ifdef STOPS
            return;
#endif
            while (at + 1 < table.len && table.ptr[at + 1] != ',' && table.ptr[at + 1] != '\n') at++;
        }
    }
    if (out->len > 0) return;
    Writer query = {.len = 0}, content = {.len = 0};
#ifdef COUNTS
    static unsigned asked;
    put_string(&query, 1, ++asked % 2 ? "odd" : "even");
#else
    put_string(&query, 1, "1");
#endif
    put_text(&query, 2, table.ptr, table.len);
    put_message(&content, KIND_QUERY, &query);
    put_message(out, 1, &content);
}

static int32_t decode_cells(BaridBytes request, BaridBuffer *reply) {
    Slice input;
    Writer out = {.len = 0};
    if (!find((Slice){request.ptr, request.len}, 2, &input)) return refuse_request(reply);
    read_cells(&out, input);
    return reply_with(reply, BARID_STATUS_OK, out.bytes, out.len);
}

static int32_t encode_cells(BaridBytes request, BaridBuffer *reply) {
    Slice content, query, question, rendering, text;
    Writer out = {.len = 0};
    if (!find((Slice){request.ptr, request.len}, 2, &content) ||
        !find(content, KIND_QUERY, &query) || !find(query, 2, &question) ||
        !find(question, 1, &rendering) || !find(rendering, 2, &text) || text.len > TABLE_MAX_BYTES)
        return refuse_request(reply);
#ifdef FORGETS
    text.len--;
#endif
    put_bytes(&out, 1, text.ptr, text.len);
    put_string(&out, 2, "text/csv");
    put_string(&out, 3, "cells.csv");
    return reply_with(reply, BARID_STATUS_OK, out.bytes, out.len);
}

const BaridPluginTable *barid_plugin_entry(void) {
    static const BaridPluginTable table = {
        .abi_version = BARID_ABI_VERSION,
        .table_size = sizeof(BaridPluginTable),
        .describe = describe_cells,
        .decode = decode_cells,
        .encode = encode_cells,
        .free_buffer = free_buffer,
    };
    return &table;
}
