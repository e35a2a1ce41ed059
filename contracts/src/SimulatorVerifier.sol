// SPDX-License-Identifier: UNLICENSED
pragma solidity ^0.8.28;

import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";
import {IAttestationVerifier} from "./interfaces/IAttestationVerifier.sol";
import {Evidence} from "./libraries/Evidence.sol";

/// @title Admits enclaves that a simulator's root vouches for. There is no hardware behind them.
/// @notice Deploys on the local chain alone, so that no one's money ever depends on it.
contract SimulatorVerifier is IAttestationVerifier {
    uint256 public constant LOCAL_CHAIN_ID = 31337;

    /// @notice The address of the simulator's root key.
    address public immutable ROOT;

    error LocalChainOnly(uint256 chainId);

    constructor(address root) {
        if (block.chainid != LOCAL_CHAIN_ID) revert LocalChainOnly(block.chainid);
        ROOT = root;
    }

    /// @inheritdoc IAttestationVerifier
    function simulated() external pure returns (bool) {
        return true;
    }

    /// @inheritdoc IAttestationVerifier
    /// @dev `evidence` is abi.encode(quote, approval): the root's signature (r, s, v) over
    /// keccak256(abi.encode(reportData, appId, keccak256(quote))). The quote itself is for whoever verifies off chain.
    function verify(bytes calldata reportData, bytes20 appId, bytes calldata evidence) external view returns (bool) {
        (bool ok, bytes calldata quote, bytes calldata approval) = Evidence.split(evidence);
        return ok && _isSigned(keccak256(abi.encode(reportData, appId, keccak256(quote))), approval);
    }

    /// @inheritdoc IAttestationVerifier
    /// @dev `proof` is the root's signature over keccak256(abi.encode(word, reportData, appId, keccak256(quote))), the word
    /// "late" or "withdrawn".
    function review(bytes calldata reportData, bytes20 appId, bytes calldata evidence, bytes calldata proof)
        external
        view
        returns (Standing)
    {
        (bool ok, bytes calldata quote,) = Evidence.split(evidence);
        if (!ok) return Standing.STANDS;
        bytes32 quoteHash = keccak256(quote);
        if (_isSigned(keccak256(abi.encode("withdrawn", reportData, appId, quoteHash)), proof)) return Standing.REFUTED;
        if (_isSigned(keccak256(abi.encode("late", reportData, appId, quoteHash)), proof)) return Standing.LATE;
        return Standing.STANDS;
    }

    function _isSigned(bytes32 digest, bytes calldata signature) private view returns (bool) {
        (address signer,,) = ECDSA.tryRecover(digest, signature);
        return signer != address(0) && signer == ROOT;
    }
}
