/// All readings as OpenMetrics. Pure.
@NullMarked
package org.nutjvm.cgi.metrics;

import org.jspecify.annotations.NullMarked;
