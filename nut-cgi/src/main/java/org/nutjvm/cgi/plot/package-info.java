/// Curves over a day or a week as SVG. Pure.
@NullMarked
package org.nutjvm.cgi.plot;

import org.jspecify.annotations.NullMarked;
