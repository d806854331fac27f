@NullMarked
package org.nutjvm.cgi.metrics;

import org.jspecify.annotations.NullMarked;
