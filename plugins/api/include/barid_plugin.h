/*
 * The boundary between the hub and an institution's format, version 1.
 *
 * A format is a shared library that exports one symbol, barid_plugin_entry. What crosses the
 * boundary is bytes: the serialised messages of proto/barid/v1/reading.proto. How to write a
 * format, with a complete one in C to start from: plugins/README.md.
 *
 * Generated from plugins/api/src/abi.rs. Do not edit: change that file, then run
 *     cargo run -p barid-plugin --example header
 */
#ifndef BARID_PLUGIN_H
#define BARID_PLUGIN_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Version of this boundary. Appended functions do not raise it; table_size tells them. */
#define BARID_ABI_VERSION UINT32_C(1)

/* Oldest version that a hub of this version loads. From version 2 on: the one before its own. */
#define BARID_ABI_VERSION_OLDEST UINT32_C(1)

/* Size in bytes of the smallest table of version 1: everything up to and including free_buffer.
 * A smaller table is refused. Pointers have 8 bytes: hubs and plugins are 64-bit programs. */
#define BARID_TABLE_SIZE_MIN UINT32_C(40)

/* Most bytes of one request or reply, whatever the hub's operator allows: twice the largest
 * document that is sent in one piece, so that a reading may be longer than what was read. */
#define BARID_MESSAGE_BYTES_MAX ((size_t)134217728)

/* The call succeeded. The reply buffer holds the serialised reply. */
#define BARID_STATUS_OK INT32_C(0)

/* A pointer that must not be null was null. The reply buffer holds a text, if there was one. */
#define BARID_STATUS_NULL_ARGUMENT INT32_C(1)

/* The request is not the serialised request it should be. The reply buffer holds a text. */
#define BARID_STATUS_REQUEST_INVALID INT32_C(2)

/* The plugin failed by its own fault. The reply buffer holds a text. What is wrong with a
 * *document* is never a fault: it is a problem in a reply, with BARID_STATUS_OK. */
#define BARID_STATUS_FAULT INT32_C(3)

/* Bytes lent to the plugin for the length of one call. The hub owns them: do not write to them,
 * free them or keep the pointer. ptr has no alignment and is not null, even when len is 0. */
typedef struct BaridBytes {
    /* The first byte. */
    const uint8_t *ptr;

    /* Number of bytes. */
    size_t len;
} BaridBytes;

/* Bytes that the plugin made. The hub reads them, then hands the same three fields, unchanged, to
 * free_buffer of the plugin that made them. All zero: no bytes, nothing to free. */
typedef struct BaridBuffer {
    /* The first byte. No alignment. Not null unless len is 0. */
    uint8_t *ptr;

    /* Number of bytes. At most BARID_MESSAGE_BYTES_MAX. */
    size_t len;

    /* Whatever the plugin needs to free the bytes, or null. The hub does not look at it. */
    void *owner;
} BaridBuffer;

/* What a plugin can do. It must live, unchanged, until the process ends: a library is never
 * unloaded. Pointers are aligned as C aligns them.
 *
 * Order: the entry function once, then describe once, then decode and encode any number of
 * times. Threads: after describe has returned, every function may be called from any thread and
 * from several at once. A function may not unwind, longjmp out, exit the process, start threads
 * or processes, open files or connections, or change the locale, the working directory or a
 * signal's disposition. A worker's kernel refuses what it can of this.
 *
 * Replies: the hub passes a pointer, never null, to a buffer that is all zero. The plugin fills it
 * or leaves it alone, whatever status it returns. With a status other than BARID_STATUS_OK the
 * buffer holds a text in UTF-8 for the hub's operator: what happened, without case data. Replies
 * are plain proto3: known fields only, defaults left out, each message once. */
typedef struct BaridPluginTable {
    /* BARID_ABI_VERSION of the header that the plugin was compiled with. Stays first for ever. */
    uint32_t abi_version;

    /* sizeof(BaridPluginTable) of that header, in bytes. Stays second for ever. */
    uint32_t table_size;

    /* Replies with a barid.v1.PluginDescription. Required. Always the same answer. */
    int32_t (*describe)(BaridBuffer *reply);

    /* Takes a barid.v1.DecodeRequest, replies with a barid.v1.DecodeReply. Required; a plugin
     * that reads nothing describes no format that decodes and is never called here. */
    int32_t (*decode)(BaridBytes request, BaridBuffer *reply);

    /* Takes a barid.v1.EncodeRequest, replies with a barid.v1.EncodeReply. Required, as
     * decode is. */
    int32_t (*encode)(BaridBytes request, BaridBuffer *reply);

    /* Frees a buffer that this plugin filled. Required. Called once for each reply, on any thread,
     * also after a call that failed; a buffer that is all zero must be accepted. Cannot fail. */
    void (*free_buffer)(BaridBuffer *buffer);
} BaridPluginTable;

/* The one symbol a plugin exports, barid_plugin_entry. Called once, before anything else, and
 * must not do any work: it returns the address of the table. */
#if defined(__GNUC__)
__attribute__((visibility("default")))
#endif
const BaridPluginTable *barid_plugin_entry(void);

#ifdef __cplusplus
}
#endif

#endif
