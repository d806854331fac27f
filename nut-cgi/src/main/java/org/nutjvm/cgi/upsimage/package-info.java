/// Gauges as pictures (clients/upsimage.c). Pure.
@NullMarked
package org.nutjvm.cgi.upsimage;

import org.jspecify.annotations.NullMarked;
