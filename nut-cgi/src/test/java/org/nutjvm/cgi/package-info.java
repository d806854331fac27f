@NullMarked
package org.nutjvm.cgi;

import org.jspecify.annotations.NullMarked;
