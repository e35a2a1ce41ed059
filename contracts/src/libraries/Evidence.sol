// SPDX-License-Identifier: UNLICENSED
pragma solidity ^0.8.28;

/// @title The shape of evidence: abi.encode(quote, approval), so that the quote itself stands on chain, in the event.
library Evidence {
    /// @return ok False for bytes of any other shape; abi.decode would revert there.
    function split(bytes calldata evidence)
        internal
        pure
        returns (bool ok, bytes calldata quote, bytes calldata approval)
    {
        quote = evidence[0:0];
        approval = evidence[0:0];
        if (evidence.length < 128) return (false, quote, approval);
        uint256 quoteAt = uint256(bytes32(evidence[0:32]));
        uint256 approvalAt = uint256(bytes32(evidence[32:64]));
        if (quoteAt != 64) return (false, quote, approval);
        uint256 quoteLength = uint256(bytes32(evidence[64:96]));
        if (quoteLength > evidence.length) return (false, quote, approval);
        // The one encoding there is: the approval follows the padded quote, and nothing follows the padded approval.
        if (approvalAt != 96 + _padded(quoteLength) || evidence.length < approvalAt + 32) return (false, quote, approval);
        uint256 approvalLength = uint256(bytes32(evidence[approvalAt:approvalAt + 32]));
        if (approvalLength > evidence.length) return (false, quote, approval);
        if (evidence.length != approvalAt + 32 + _padded(approvalLength)) return (false, quote, approval);
        return (true, evidence[96:96 + quoteLength], evidence[approvalAt + 32:approvalAt + 32 + approvalLength]);
    }

    function _padded(uint256 length) private pure returns (uint256) {
        return (length + 31) / 32 * 32;
    }
}
