@NullMarked
package org.nutjvm.cgi.upsimage;

import org.jspecify.annotations.NullMarked;
