/*
 * A plugin that breaks one promise at a time. Which one is chosen when it is compiled: every knob
 * has a harmless default, and the hub's tests turn one of them. Bytes of replies come from the
 * tests as lists of numbers.
 */
#define _POSIX_C_SOURCE 199309L
#include "barid_plugin.h"

#include <time.h>

#ifndef VERSION
#define VERSION BARID_ABI_VERSION
#endif
#ifndef SIZE
#define SIZE sizeof(Table)
#endif
#ifndef ENCODE
#define ENCODE decode
#endif
#ifndef TABLE
#define TABLE &table.known
#endif
#ifndef STATUS
#define STATUS BARID_STATUS_OK
#endif
#ifndef LEN
#define LEN sizeof reply_bytes
#endif
#ifndef PTR
#define PTR reply_bytes
#endif
#ifndef SLEEP_MS
#define SLEEP_MS 0
#endif

static uint8_t description_bytes[] = {DESCRIPTION};
static uint8_t reply_bytes[] = {REPLY};

/* A table as a later author may have it: longer than this hub knows. */
typedef struct Table {
    BaridPluginTable known;
#ifdef APPENDED
    int32_t (*appended)(void);
#endif
} Table;

static int32_t describe(BaridBuffer *reply) {
    reply->ptr = description_bytes;
    reply->len = sizeof description_bytes;
    return BARID_STATUS_OK;
}

static int32_t decode(BaridBytes request, BaridBuffer *reply) {
    const struct timespec pause = {SLEEP_MS / 1000, SLEEP_MS % 1000 * 1000000L};
    (void)request, (void)reply_bytes; /* with some knobs nobody reads them */
    nanosleep(&pause, NULL);
    reply->ptr = PTR;
    reply->len = LEN;
    return STATUS;
}

static void free_buffer(BaridBuffer *buffer) {
    (void)buffer; /* static memory */
}

const BaridPluginTable *barid_plugin_entry(void) {
    static Table table;
    table.known.abi_version = VERSION;
    table.known.table_size = SIZE;
    table.known.describe = describe;
    table.known.decode = decode;
    table.known.encode = ENCODE;
    table.known.free_buffer = free_buffer;
    (void)table; /* as above */
    return TABLE;
}
