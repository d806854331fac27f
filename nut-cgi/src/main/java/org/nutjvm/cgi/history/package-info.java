/// What UPSes said in the last days, in files of fixed size.
@NullMarked
package org.nutjvm.cgi.history;

import org.jspecify.annotations.NullMarked;
