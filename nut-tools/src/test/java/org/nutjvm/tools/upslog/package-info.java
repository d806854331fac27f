@NullMarked
package org.nutjvm.tools.upslog;

import org.jspecify.annotations.NullMarked;
