/* Preloaded into a driver, gives any terminal modem lines that a test moves: those of the far side are read from the
 * file in LINES_IN (hexadecimal, as of TIOCMGET), what the driver does to its own is appended to LINES_LOG. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <unistd.h>

static int own;

static void said(const char *what, int bits)
{
	char line[64];
	int length = snprintf(line, sizeof line, "%s %03x\n", what, bits);
	int log = open(getenv("LINES_LOG"), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0666);

	if (log < 0 || write(log, line, length) != length)
		abort();
	close(log);
}

static int far_side(void)
{
	char text[16] = "";
	int in = open(getenv("LINES_IN"), O_RDONLY | O_CLOEXEC);

	if (in < 0 || read(in, text, sizeof text - 1) < 1)
		abort();
	close(in);
	return (int) strtol(text, NULL, 16);
}

int ioctl(int fd, unsigned long request, ...)
{
	va_list more;
	int *bits;

	va_start(more, request);
	bits = va_arg(more, int *);
	va_end(more);
	switch (request) {
	case TIOCMGET:
		*bits = far_side() | own;
		return 0;
	case TIOCMSET:
		own = *bits & (TIOCM_DTR | TIOCM_RTS | TIOCM_ST);
		said("set", own);
		return 0;
	case TIOCMBIS:
		own |= *bits;
		said("on", *bits);
		return 0;
	case TIOCMBIC:
		own &= ~*bits;
		said("off", *bits);
		return 0;
	default:
		return (int) syscall(SYS_ioctl, fd, request, bits);
	}
}
