@NullMarked
package org.nutjvm.cgi.serve;

import org.jspecify.annotations.NullMarked;
