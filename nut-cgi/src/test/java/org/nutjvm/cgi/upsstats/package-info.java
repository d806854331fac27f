@NullMarked
package org.nutjvm.cgi.upsstats;

import org.jspecify.annotations.NullMarked;
