/*
 * A plugin that does, in the middle of a call, what no plugin may. Which misdeed is asked for by
 * the document: its text is `act:NAME`. What a misdeed came to (the number of the system's error,
 * mostly) is told as the text of a failed call, so that a test can see that it was kept from it.
 *
 * DESCRIPTION and REPLY come from the tests, as lists of numbers.
 */
#define _GNU_SOURCE
#include "barid_plugin.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

static uint8_t description_bytes[] = {DESCRIPTION};
static uint8_t reply_bytes[] = {REPLY};
static char told[256];

/* What the constructor could do, before anybody asked for anything. */
static int constructor_error = -1;
static int remembered;

__attribute__((constructor)) static void construct(void) {
    int opened = open("/etc/passwd", O_RDONLY);
    constructor_error = opened < 0 ? errno : 0;
    if (opened >= 0) close(opened);
}

static int32_t tell(BaridBuffer *reply, const char *what, int error) {
    int length = snprintf(told, sizeof told, "%s: %d", what, error);
    reply->ptr = (uint8_t *)told;
    reply->len = (size_t)length;
    return BARID_STATUS_FAULT;
}

static int error_of(long outcome) {
    return outcome < 0 ? errno : 0;
}

static void *nothing(void *argument) {
    return argument;
}

static int (*volatile again)(int depth);

static int deeper(int depth) {
    volatile char frame[4096];
    frame[0] = (char)depth;
    return again(depth + 1) + frame[0];
}

/* Takes memory until there is none. */
static int32_t leak(BaridBuffer *reply) {
    enum { STEP = 16 << 20, STEPS_MAX = 1024 };
    int steps = 0;
    for (; steps < STEPS_MAX; steps++) {
        void *more = malloc(STEP);
        if (!more) break;
        memset(more, 1, STEP);
    }
    return tell(reply, "MiB", steps * 16);
}

/* A reply that ends where memory does, and says that it is longer. */
static int32_t overlong(BaridBuffer *reply) {
    long page = sysconf(_SC_PAGESIZE);
    uint8_t *two = mmap(NULL, (size_t)page * 2, PROT_READ | PROT_WRITE,
                        MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (two == MAP_FAILED || munmap(two + page, (size_t)page)) return tell(reply, "mmap", errno);
    reply->ptr = two + page - 8;
    reply->len = 4096;
    return BARID_STATUS_OK;
}

static int32_t freed(BaridBuffer *reply) {
    uint8_t *bytes = malloc(1 << 20); /* large: freeing it gives the memory back */
    if (!bytes) return tell(reply, "malloc", errno);
    reply->ptr = bytes;
    reply->len = 1 << 16;
    free(bytes);
    return BARID_STATUS_OK;
}

/* Speaks in the worker's name: what looks like a frame, then one that is none. */
static void lie(void) {
    uint8_t frame[64];
    memset(frame, 0xEE, sizeof frame);
    for (int fd = 3; fd < 8; fd++) (void)!write(fd, frame, sizeof frame);
    for (;;) nanosleep(&(struct timespec){1, 0}, NULL);
}

static int32_t act(const char *name, BaridBuffer *reply) {
    if (!strcmp(name, "abort")) abort();
    if (!strcmp(name, "exit")) exit(3);
    if (!strcmp(name, "overflow")) {
        again = deeper;
        return deeper(0);
    }
    if (!strcmp(name, "null")) return *(volatile int32_t *)8;
    if (!strcmp(name, "trap")) __builtin_trap();
    if (!strcmp(name, "loop")) for (volatile int i = 0;; i++) {}
    if (!strcmp(name, "sleep")) for (;;) nanosleep(&(struct timespec){3600, 0}, NULL);
    if (!strcmp(name, "leak")) return leak(reply);
    if (!strcmp(name, "overlong")) return overlong(reply);
    if (!strcmp(name, "freed")) return freed(reply);
    if (!strcmp(name, "lie")) lie();
    if (!strcmp(name, "hang-up")) { close(0); close(3); close(4); close(5); return 0; }
    if (!strcmp(name, "four-gib")) {
        reply->ptr = reply_bytes;
        reply->len = (size_t)4 << 30;
        return BARID_STATUS_OK;
    }
    if (!strcmp(name, "constructor")) return tell(reply, "open", constructor_error);
    if (!strcmp(name, "open")) return tell(reply, "open", error_of(open("/etc/passwd", O_RDONLY)));
    if (!strcmp(name, "self")) return tell(reply, "open", error_of(open("/proc/self/mem", O_RDWR)));
    if (!strcmp(name, "create"))
        return tell(reply, "creat", error_of(open("/tmp/kit", O_CREAT | O_WRONLY, 0600)));
    if (!strcmp(name, "socket"))
        return tell(reply, "socket", error_of(socket(AF_INET, SOCK_STREAM, 0)));
    if (!strcmp(name, "unix")) return tell(reply, "socket", error_of(socket(AF_UNIX, SOCK_STREAM, 0)));
    if (!strcmp(name, "fork")) {
        pid_t child = fork();
        if (child == 0) _exit(0);
        return tell(reply, "fork", error_of(child));
    }
    if (!strcmp(name, "exec")) return tell(reply, "exec", error_of(execl("/bin/true", "true", NULL)));
    if (!strcmp(name, "thread")) {
        pthread_t thread;
        return tell(reply, "thread", pthread_create(&thread, NULL, nothing, NULL));
    }
    if (!strcmp(name, "kill")) return tell(reply, "kill", error_of(kill(getppid(), SIGKILL)));
    if (!strcmp(name, "kill-all")) return tell(reply, "kill", error_of(kill(-1, SIGKILL)));
    if (!strcmp(name, "ptrace"))
        return tell(reply, "ptrace", error_of(syscall(SYS_ptrace, 16, 1, 0, 0)));
    if (!strcmp(name, "uring")) return tell(reply, "uring", error_of(syscall(425, 1, told)));
    if (!strcmp(name, "execmem")) {
        void *code = mmap(NULL, 4096, PROT_READ | PROT_WRITE | PROT_EXEC,
                          MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        return tell(reply, "mmap", code == MAP_FAILED ? errno : 0);
    }
    if (!strcmp(name, "unlimit")) {
        struct { uint64_t soft, hard; } none = {~0ULL, ~0ULL};
        return tell(reply, "limit", error_of(syscall(SYS_prlimit64, 0, 9 /* AS */, &none, NULL)));
    }
    if (!strcmp(name, "remember")) return tell(reply, "remembered", remembered++);
    if (!strcmp(name, "print")) {
        printf("a word to nobody\n");
        fflush(stdout);
        fprintf(stderr, "another\n");
    }
    reply->ptr = reply_bytes;
    reply->len = sizeof reply_bytes;
    return BARID_STATUS_OK;
}

static int32_t describe(BaridBuffer *reply) {
    reply->ptr = description_bytes;
    reply->len = sizeof description_bytes;
    return BARID_STATUS_OK;
}

static int32_t decode(BaridBytes request, BaridBuffer *reply) {
    static const char mark[] = "act:";
    char name[32] = "";
    const uint8_t *found = memmem(request.ptr, request.len, mark, sizeof mark - 1);
    if (found) {
        const uint8_t *end = request.ptr + request.len;
        size_t length = 0;
        for (found += sizeof mark - 1; found + length < end && length < sizeof name - 1; length++) {
            uint8_t letter = found[length];
            if (letter != '-' && (letter < 'a' || letter > 'z')) break;
            name[length] = (char)letter;
        }
    }
    return act(name, reply);
}

static void free_buffer(BaridBuffer *buffer) {
    (void)buffer; /* static memory, and what is gone already */
}

const BaridPluginTable *barid_plugin_entry(void) {
    static const BaridPluginTable table = {
        .abi_version = BARID_ABI_VERSION,
        .table_size = sizeof(BaridPluginTable),
        .describe = describe,
        .decode = decode,
        .encode = decode,
        .free_buffer = free_buffer,
    };
    return &table;
}
