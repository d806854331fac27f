/* Asks NUT's C parser (parseconf, out of libupsclient.a) what it makes of many inputs.
 *
 * stdin:  records of: mode (1 byte), length (4 bytes, big endian), that many bytes
 *   'F' the bytes are a file       (pconf_file_begin, pconf_file_next)
 *   'L' the bytes are one line     (pconf_line; no NUL among them)
 *   'C' the bytes come one by one  (pconf_char)
 *   'Q' the bytes are to be quoted (pconf_encode; no NUL among them)
 * stdout: for each record, answers, each beginning with one byte
 *   'w' a line: line number, bytes discarded, the first of these, number of words (4 bytes each), words
 *   'e' a malformed line: line number, bytes discarded, the first, number of words, words, error text
 *   'p' unfinished words at the end of 'C': 0, bytes discarded, the first, number of words, words
 *   'q' the quoted text
 *   '.' no more answers to this record
 * Texts are a length (4 bytes) and that many bytes.
 */
#define _GNU_SOURCE
#include <parseconf.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

static char *said;
static size_t said_size;

static void number(uint32_t n)
{
	putchar((int)(n >> 24));
	putchar((int)(n >> 16 & 0xff));
	putchar((int)(n >> 8 & 0xff));
	putchar((int)(n & 0xff));
}

static void text(const char *s)
{
	number((uint32_t)strlen(s));
	fputs(s, stdout);
}

/* What parseconf complained about on stderr since the last time. */
static void discarded(void)
{
	uint32_t count = 0, first = 0;
	char *at;

	fflush(stderr);
	for (at = said; at && (at = strstr(at, "(0x")); at += 3)
		if (!count++)
			first = (uint32_t)strtoul(at + 1, NULL, 16) & 0xff;
	number(count);
	number(first);
	rewind(stderr);
	if (said_size)
		memset(said, 0, said_size);
}

static void answer(PCONF_CTX_t *ctx, char kind)
{
	size_t i;

	putchar(kind);
	number(kind == 'p' ? 0 : (uint32_t)ctx->linenum);
	discarded();
	number((uint32_t)ctx->numargs);
	for (i = 0; i < ctx->numargs; i++)
		text(ctx->arglist[i]);
	if (kind == 'e')
		text(ctx->errmsg);
}

static void as_file(PCONF_CTX_t *ctx, const char *bytes, size_t length)
{
	char name[64];
	int fd = memfd_create("input", 0);

	if (fd < 0 || write(fd, bytes, length) != (ssize_t)length)
		abort();
	snprintf(name, sizeof(name), "/proc/self/fd/%d", fd);
	if (!pconf_file_begin(ctx, name))
		abort();
	while (pconf_file_next(ctx))
		answer(ctx, pconf_parse_error(ctx) ? 'e' : 'w');
	putchar('p');
	number(0);
	discarded();
	number(0);
	close(fd);
}

static void as_chars(PCONF_CTX_t *ctx, const char *bytes, size_t length)
{
	size_t i;
	int open = 0;

	for (i = 0; i < length; i++) {
		int done = pconf_char(ctx, bytes[i]);

		open = done == 0;
		if (!open)
			answer(ctx, done > 0 ? 'w' : 'e');
	}
	if (open)
		answer(ctx, 'p');
}

int main(void)
{
	int mode;

	/* a memory stream in place of stderr, so that discarded bytes can be counted */
	stderr = open_memstream(&said, &said_size);

	while ((mode = getchar()) != EOF) {
		PCONF_CTX_t ctx;
		size_t length = 0, i;
		char *bytes;

		for (i = 0; i < 4; i++)
			length = length << 8 | (size_t)getchar();
		bytes = calloc(1, length + 1);
		if (!bytes || fread(bytes, 1, length, stdin) != length)
			return 2;
		pconf_init(&ctx, NULL);
		switch (mode) {
		case 'F':
			as_file(&ctx, bytes, length);
			break;
		case 'L':
			pconf_line(&ctx, bytes);
			answer(&ctx, pconf_parse_error(&ctx) ? 'e' : 'w');
			break;
		case 'C':
			as_chars(&ctx, bytes, length);
			break;
		case 'Q': {
			char *quoted = malloc(2 * length + 1);

			putchar('q');
			text(pconf_encode(bytes, quoted, 2 * length + 1));
			free(quoted);
			break;
		}
		default:
			return 3;
		}
		putchar('.');
		pconf_finish(&ctx);
		free(bytes);
	}
	return 0;
}
