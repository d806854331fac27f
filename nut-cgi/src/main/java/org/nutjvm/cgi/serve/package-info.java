/// The small server: connections, the poll that all viewers share, the program nut-cgi.
@NullMarked
package org.nutjvm.cgi.serve;

import org.jspecify.annotations.NullMarked;
