@NullMarked
package org.nutjvm.cgi.history;

import org.jspecify.annotations.NullMarked;
