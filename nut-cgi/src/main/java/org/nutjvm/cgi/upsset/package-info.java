/// Pages that change settings and run commands (clients/upsset.c). Pure.
@NullMarked
package org.nutjvm.cgi.upsset;

import org.jspecify.annotations.NullMarked;
