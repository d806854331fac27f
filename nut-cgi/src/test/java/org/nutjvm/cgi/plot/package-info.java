@NullMarked
package org.nutjvm.cgi.plot;

import org.jspecify.annotations.NullMarked;
