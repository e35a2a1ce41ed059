// SPDX-License-Identifier: UNLICENSED
pragma solidity ^0.8.28;

import {IVault} from "./IVault.sol";
import {
    Auction, AuctionId, AuctionParams, AuctionSettlement, Bid, BidInput, BidSlot, KeyId, SettlementWitness
} from "../types/AuctionTypes.sol";

/// @title Sealed-bid auctions. PROTOCOL.md sections 5 to 7.
/// @notice Bids arrive sealed to an enclave's key and stay sealed. After the close the enclave signs the outcome,
/// the contract checks what can be checked, and everyone pulls what is his.
interface ISealedAuctions is IVault {
    /// @notice A parameter breaks a rule; `field` is its name.
    error InvalidParameter(string field);
    /// @notice A parameter asks for a format that this version does not have.
    error UnsupportedParameter(string field);
    error UnknownAuction(AuctionId id);
    /// @notice Bids are taken before `closesAt` only, the second of `closesAt` excluded.
    error AuctionClosed(AuctionId id, uint256 closesAt);
    error AuctionNotClosed(AuctionId id, uint256 closesAt);
    error AuctionNotOpen(AuctionId id);
    error AuctionNotFinal(AuctionId id);
    error AuctionNotVoidable(AuctionId id);
    error WrongParamsHash(bytes32 expected, bytes32 given);
    error WrongCollateral(uint256 expected, uint256 given);
    /// @notice Not a point of secp256k1 with x < n and y < p.
    error InvalidCommitment(uint256 x, uint256 y);
    /// @notice Not 257 bytes, or the encapsulated point does not begin with 0x04.
    error InvalidSealedBid(uint256 length);
    error TooManyBids(uint256 maxBids);
    error NoSuchSlot(uint256 slot);
    /// @notice This address already has a live bid in this slot: replace it.
    error BidExists(AuctionId id, address bidder);
    /// @notice The fields given are not those of a live bid.
    error NotLiveBid(AuctionId id, uint256 seq);
    error NotBidder(address bidder);
    error NotSeller(address seller);
    error SettlementTooLate(uint256 settleBy);
    /// @notice `field` of the settlement differs from the chain's own value, or from what the witness shows.
    error SettlementMismatch(string field);
    /// @notice The signer is not an active enclave of the auction's sealing key.
    error UnknownSigner(address signer);
    /// @notice An opening does not open the commitment it was given for.
    error OpeningMismatch(uint256 seq);
    /// @notice The payment would exceed what the bid locked.
    error NotCovered(uint256 seq);
    error NothingToClaim();

    event AuctionCreated(
        AuctionId indexed id, address indexed seller, KeyId indexed keyId, uint256 nonce, bytes32 paramsHash, AuctionParams params
    );
    event BidPlaced(
        AuctionId indexed id,
        address indexed bidder,
        uint32 seq,
        uint16 slot,
        uint128 collateral,
        int32 points,
        uint16 creditBps,
        uint256 x,
        uint256 y,
        bytes sealedBid
    );
    event BidCancelled(AuctionId indexed id, address indexed bidder, uint32 seq, uint16 slot, uint32 cancelledSeq);
    event AuctionSettled(AuctionId indexed id, address indexed signer, uint32 marginalSeq, uint64 challengeUntil, AuctionSettlement settlement);
    event BidWon(AuctionId indexed id, address indexed bidder, uint32 seq, uint16 slot, uint32 fill, uint256 payment);
    event BidOpened(AuctionId indexed id, uint32 seq, uint32 price, uint32 quantity, bytes32 rho);
    event AuctionVoided(AuctionId indexed id);
    /// @notice `refund` base units went back to the bidder's balance, `payment` stayed for the seller.
    event BidClaimed(AuctionId indexed id, address indexed bidder, uint32 seq, uint256 refund, uint256 payment);
    event LotClaimed(AuctionId indexed id, address indexed bidder, address indexed to, uint32 lots);
    event ProceedsClaimed(AuctionId indexed id, address indexed seller, uint256 amount);
    event LotReclaimed(AuctionId indexed id, address indexed seller, address indexed to, uint32 lots);

    /// @notice The chain's id at deployment. Ids, terms, leaves and openings name it, so that a chain that changes its id locks
    /// nothing; EIP-712 names the present one.
    function CHAIN_ID() external view returns (uint256);

    /// @notice The least `settleBy - closesAt` of an auction, in seconds.
    function MIN_SETTLE_PERIOD() external view returns (uint256);

    /// @notice The least `challengeWindow` of an auction, in seconds.
    function MIN_CHALLENGE_WINDOW() external view returns (uint256);

    /// @notice Opens an auction and takes the lot into custody.
    /// @return id keccak256(abi.encode(chainId, contract, seller, sellerNonce)).
    function createAuction(AuctionParams calldata params) external returns (AuctionId id);

    /// @notice Places a bid with collateral from the caller's balance.
    /// @return seq The bid's place in the order of arrival.
    function placeBid(BidInput calldata input) external returns (uint32 seq);

    /// @notice Deposits `amount` and places a bid, in one transaction. What the bid does not lock stays as balance;
    /// what `amount` lacks comes from it.
    function depositAndBid(BidInput calldata input, uint256 amount) external payable returns (uint32 seq);

    /// @notice As `depositAndBid`, with an ERC-2612 permit in place of an approval.
    function depositAndBidWithPermit(
        BidInput calldata input, uint256 amount, uint256 deadline, uint8 v, bytes32 r, bytes32 s
    ) external returns (uint32 seq);

    /// @notice Cancels `old` and places `input`: two leaves, in that order. The old collateral pays for the new;
    /// `amount` is deposited first, as in `depositAndBid` (0: nothing).
    function replaceBid(Bid calldata old, BidInput calldata input, uint256 amount) external payable returns (uint32 seq);

    /// @notice Withdraws a live bid before the close; its collateral goes back to the caller's balance.
    function cancelBid(AuctionId id, Bid calldata bid) external;

    /// @notice Records the outcome an enclave signed. Anyone may send it.
    function settle(AuctionSettlement calldata settlement, bytes calldata signature, SettlementWitness calldata witness)
        external;

    /// @notice Voids an auction that cannot settle: closed without a live bid, past `settleBy`, or, at any time, its key
    /// revoked. Anyone may send it.
    function voidAuction(AuctionId id) external;

    /// @notice Once final or void: credits the bidder with his collateral less what he pays. Anyone may trigger it.
    function claim(AuctionId id, Bid calldata bid) external;

    /// @notice Once final: sends the winner his lots. Anyone may send them to the winner; he alone elsewhere.
    function claimLot(AuctionId id, address bidder, uint16 slot, address to) external;

    /// @notice Once final: credits the seller with the payments. Anyone may trigger it.
    function claimProceeds(AuctionId id) external;

    /// @notice Once final or void: sends unsold lots back. Anyone may send them to the seller; he alone elsewhere.
    function reclaimLot(AuctionId id, address to) external;

    /// @notice The stored state of an auction.
    function getAuction(AuctionId id) external view returns (Auction memory);

    /// @notice One bidder's slot: the live leaf, and the mark of a settlement.
    function getBidSlot(AuctionId id, address bidder, uint16 slot) external view returns (BidSlot memory);

    /// @notice The number of auctions `seller` has created: the nonce of his next one.
    function sellerNonce(address seller) external view returns (uint256);

    /// @notice The id that `seller`'s auction number `nonce` has or will have.
    function auctionIdOf(address seller, uint256 nonce) external view returns (AuctionId);

    /// @notice The hash that bids and settlements name. PROTOCOL.md section 5.
    function hashParams(AuctionId id, AuctionParams calldata params) external view returns (bytes32);

    /// @notice The EIP-712 digest an enclave signs.
    function hashSettlement(AuctionSettlement calldata settlement) external view returns (bytes32);
}
