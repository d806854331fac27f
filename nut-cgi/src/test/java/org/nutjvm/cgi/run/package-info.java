@NullMarked
package org.nutjvm.cgi.run;

import org.jspecify.annotations.NullMarked;
