/// Paths, pid files, service notification, POSIX calls.
@NullMarked
package org.nutjvm.common.io;

import org.jspecify.annotations.NullMarked;
