/// Texts for people and for other programs: dates, JSON.
@NullMarked
package org.nutjvm.common.text;

import org.jspecify.annotations.NullMarked;
