@NullMarked
package org.nutjvm.cgi.upsset;

import org.jspecify.annotations.NullMarked;
